import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCli, type Cli } from '../../support/cli.ts'
import { requirePrograms } from '../../support/requirements.ts'
import { until } from '../../support/until.ts'
import { root, tableOf } from '../pages.ts'
import { openShell } from './shell.ts'

const patience = 60_000

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

describe('the systemd unit', () => {
  const unit = readFileSync(`${root}docs/recipes/stream-orchestrator.service`, 'utf8')
  const settings = new Map(
    [...unit.replaceAll('\\\n', '').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  const program = '/usr/local/bin/stream-orchestrator'
  const inFolder = (line: string) =>
    line.replace(program, 'exec stream-orchestrator').replace('/etc/stream-orchestrator/', '')
  const codes = (name: string) => (settings.get(name) ?? '').split(' ').map(Number)

  it(
    'takes its token and its folder from systemd, goes on with the show after a crash, and ends by SIGTERM without a failure',
    async () => {
      const shell = await openShell(cli)
      const { folder } = shell
      const credentials = [...unit.matchAll(/^LoadCredential=(\S+?):/gm)].map(([, name]) => name)
      expect(credentials).toEqual(['http-token', 'obs-password'])
      await (await shell.start('mkdir state; cp token http-token; cp token obs-password')).ended
      const env = { CREDENTIALS_DIRECTORY: folder, STATE_DIRECTORY: `${folder}/state` }
      const begin = () => shell.serve(`${inFolder(settings.get('ExecStart') ?? '')} --simulator`, env)
      const api = `${await shell.url()}/api/v1`
      const headers = { Authorization: 'Bearer a-token' }

      const first = await begin()
      expect((await fetch(`${api}/state`)).status).toBe(401)
      expect((await fetch(`${api}/commands/start`, { method: 'POST', headers })).status).toBe(200)
      const hasLine = () => readFileSync(`${folder}/state/as-run.jsonl`, 'utf8').includes('"one"')
      await until('the line of the first cue', hasLine, patience)
      first.signal('SIGKILL')
      await first.ended

      const second = await begin()
      expect(await (await fetch(`${api}/state`, { headers })).json()).toMatchObject({
        mode: 'running',
        cue: { id: 'one' },
      })
      expect((await fetch(`${api}/commands/goTo?cue=two`, { method: 'POST', headers })).status).toBe(200)
      second.signal('SIGTERM')
      const { code } = await second.ended
      expect(codes('SuccessExitStatus')).toContain(code)
      expect((await (await shell.start('test -s state/as-run.jsonl')).ended).code).toBe(0)
    },
    patience,
  )

  it('does not start a wrong schedule again', async () => {
    const shell = await openShell(cli)
    const { code } = await (await shell.start('echo cues: 7 > show.yaml; stream-orchestrator run show.yaml')).ended
    expect(codes('RestartPreventExitStatus')).toEqual([code])
    expect(settings.get('Restart')).toBe('on-failure')
  })

  it('has a row for each exit code of a service', () => {
    const rows = tableOf('docs/recipes/systemd.md', ['exit code', 'means', 'then']).map(([code]) => code)
    expect(rows).toEqual(['0', '1', '2', '130, 143', 'killed by a signal'])
  })

  requirePrograms('systemd-analyze')('as systemd reads it', () => {
    it('has no mistake', async () => {
      const shell = await openShell(cli)
      const copy = `sed 's#${program}#/bin/true#' '${root}docs/recipes/stream-orchestrator.service' > show.service`
      const { code, stderr } = await (await shell.start(`${copy}; systemd-analyze verify "$PWD/show.service"`)).ended
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    })
  })
})
