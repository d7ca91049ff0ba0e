import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { ctl } from '../../src/cli/ctl.ts'
import { commandEntries, OPERATOR_COMMANDS } from '../../src/commands/table.ts'
import { PAGES } from '../../src/surfaces/http/guard.ts'
import { openApi } from '../../src/surfaces/http/openApi.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { listen, serve } from '../support/httpServer.ts'
import { blocksOf, column, tableOf, textOf } from './pages.ts'

const page = 'docs/http.md'
const lines = blocksOf(page)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
const show = 'cues: [{ scene: Opening, duration: 10m }, { scene: Interview, duration: 20m }]'

/** What `ctl` prints, and its exit code. */
async function ctlSays(words: readonly string[], url = '') {
  const stdout: string[] = []
  const stderr: string[] = []
  const io = {
    stdout: (line: string) => void stdout.push(line),
    stderr: (line: string) => void stderr.push(line),
    flush() {},
  }
  const code = await ctl(words, { io, env: { ORCHESTRATOR_URL: url }, clock: systemClock(), width: 200, colour: false })
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') }
}

describe('the page on HTTP and ctl', () => {
  it('shows commands of ctl that work', async () => {
    const { url, logged } = await serve(show)
    const shown = lines.filter((line) => line.startsWith('stream-orchestrator ctl '))
    for (const line of shown)
      expect({ line, ...(await ctlSays(line.split(' ').slice(2), url)) }).toMatchObject({ line, code: 0, stderr: '' })
    expect(logged.filter((line) => line.includes('http: '))).toHaveLength(shown.length - 1)
  })

  it('shows commands of curl that work', async () => {
    const { url } = await serve(show)
    const shown = lines.filter((line) => line.startsWith('curl '))
    for (const line of shown) {
      const said = await outputOf(line.replace('curl ', 'curl -sS ').replace('http://127.0.0.1:4466/', url))
      const isCommand = line.includes('/api/v1/commands')
      expect({ line, said }).toEqual({
        line,
        said: expect.stringMatching(
          isCommand ? /^{"accepted":true,/ : line.includes('events') ? /event: state/ : /^({"|cue,)/,
        ),
      })
    }
    expect(shown.length).toBeGreaterThan(7)
  })

  it('lists the commands of ctl, with what they do', async () => {
    const { stdout } = await ctlSays(['--help'])
    const help = [...stdout.matchAll(/^ {2}([a-z]+)(?: \[options\])?(?: <\w+>)? {2,}(.*(?:\n {27}.*)*)/gm)]
      .map(([, name = '', does = '']) => [`\`${name}\``, does.replace(/\n +/g, ' ')])
      .filter(([name]) => name !== '`help`')
    const rows = tableOf(page, ['command', 'does'])
    expect(rows.map(([name]) => name)).toEqual(help.map(([name]) => name))
    expect(rows.slice(0, OPERATOR_COMMANDS.length).map(([, does]) => does)).toEqual(
      OPERATOR_COMMANDS.map((type) => commandEntries.get(type)?.does),
    )
    expect(rows.slice(-2)).toEqual(help.slice(-2))
  })

  it('lists the pages and every path that is read', () => {
    expect(column(page, ['path', 'page'])).toEqual([...PAGES])
    const paths = Object.entries(openApi()['paths'] as Record<string, object>)
    const read = paths.filter(([, methods]) => 'get' in methods).map(([path]) => path)
    expect(column(page, ['path', 'gives']).sort()).toEqual(read.sort())
  })

  it('lists the events and the fields of a cue', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    served.orchestrator.start()
    served.clock.advance(1000)
    for (const name of column(page, ['event', 'data'])) await stream.next(name)
    const { cues } = (await served.raw('/api/v1/schedule')).json()
    const forecast = Object.keys(served.orchestrator.forecast().cues[0] ?? {})
    const more = Object.keys(cues[0]).filter((name) => !forecast.includes(name))
    expect(column(page, ['field', 'what it is'])).toEqual(more)
  })

  it('names every metric', async () => {
    const { raw } = await serve(show)
    const { text } = await raw('/metrics')
    const names = [...text.matchAll(/^# TYPE (orchestrator_\w+)/gm)].map(([, name]) => name)
    const listed = column(page, ['metric', 'what it is']).map((name) => name.replace(/{.*/, ''))
    expect(listed.filter((name) => name.startsWith('orchestrator_')).sort()).toEqual(names.sort())
    expect(textOf(page)).toContain('`obs_…`')
  })
})

/** What a shell prints, even if the command was cut off. */
function outputOf(line: string): Promise<string> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', line], (_, stdout, stderr) => resolve(stdout + stderr))
  })
}
