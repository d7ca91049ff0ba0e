import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { buildCli, type Cli, tempFolder } from '../support/cli.ts'
import { until } from '../support/until.ts'

/** How often the process is killed; more find rarer moments. */
const kills = Number(process.env['KILLS'] ?? 12)
const length = 400
const scenes = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
const show = `version: 1
loop: true
transition: Cut
cues: [${scenes.map((scene) => `{ id: ${scene.toLowerCase()}, scene: ${scene}, duration: ${length}ms }`).join(', ')}]
`

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

type Line = { cue: string; cause: string; plannedAt: string }

async function onStage(schedule = show) {
  const simulator = await startSimulator({ clock: systemClock(), scenes: ['First', ...scenes] })
  onTestFinished(simulator.close)
  const folder = await tempFolder()
  const file = join(folder, 'show.yaml')
  const state = join(folder, 'state')
  await writeFile(file, schedule)
  const linesOf = async (name: string) =>
    (await readFile(join(state, name), 'utf8').catch(() => ''))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  return {
    simulator,
    run: (...options: string[]) =>
      cli.start(['run', file, '--obs', simulator.url, '--no-hotkeys', '--no-http', '--state-dir', state, ...options]),
    log: (): Promise<Line[]> => linesOf('as-run.jsonl'),
    journal: (): Promise<{ seq: number }[]> => linesOf('journal.jsonl'),
  }
}

describe('a show whose process is killed', () => {
  it(
    'is back in the right cue each time, logs each cue once, and leaves OBS with its own transition',
    async () => {
      const { simulator, run, log, journal } = await onStage()
      let show = await run('--start')
      const [first] = await until('the first cue', async () => ((await log()).length > 0 ? log() : undefined))
      const start = Date.parse(first?.plannedAt ?? '')
      const rightScene = () => scenes[Math.floor((Date.now() - start) / length) % scenes.length]
      for (let kill = 0; kill < kills; kill++) {
        await pause(Math.random() * 1200)
        show.signal('SIGKILL')
        await show.ended
        await pause(Math.random() * 600)
        show = await run(...(kill % 2 === 0 ? ['--start'] : []))
        // Some are killed before they are there.
        if (kill % 3 === 0) continue
        await show.says('the show was on when its process ended: it goes on as if it had never stopped')
        await show.says('connected to OBS')
        await until('the right scene', () => simulator.onAir() === rightScene())
      }
      await show.says('connected to OBS')
      await until('the right scene', () => simulator.onAir() === rightScene())
      show.signal('SIGTERM')
      expect(await show.ended).toMatchObject({ code: 143 })
      // The operator's own, which the first process replaced.
      const selected = simulator.requests.filter(({ requestType }) => requestType === 'SetCurrentSceneTransition')
      expect(selected.at(-1)?.requestData).toEqual({ transitionName: 'Fade' })

      const lines = await log()
      expect(lines.map(({ cue }) => cue)).toEqual(lines.map((_, i) => scenes[i % scenes.length]?.toLowerCase()))
      const late = lines.map(({ plannedAt }, i) => Math.abs(Date.parse(plannedAt) - start - i * length))
      // Setting the machine's clock during the test moves what the files say.
      expect(Math.max(...late)).toBeLessThan(length / 2)
      expect(new Set(lines.map(({ cause }) => cause))).toEqual(new Set(['command', 'schedule', 'resume']))
      const seqs = (await journal()).map(({ seq }) => seq)
      expect(seqs.filter((seq, i) => i > 0 && ![0, 1].includes(seq - (seqs[i - 1] ?? 0)))).toEqual([])
    },
    60_000 + kills * 10_000,
  )

  it('does the act that was due meanwhile once OBS is connected, and repeats none', async () => {
    const { simulator, run, log } = await onStage(`version: 1
cues: [{ scene: A, duration: 1h, actions: [startRecord, { do: startVirtualCam, after: 3s }] }]
`)
    const acts = () => simulator.requests.map(({ requestType }) => requestType).filter((type) => /^Start/.test(type))
    const show = await run('--start')
    await until('the first act', () => acts().length > 0)
    show.signal('SIGKILL')
    await show.ended
    const [first] = await log()
    await until('the time of the second act', () => Date.now() > Date.parse(first?.plannedAt ?? '') + 3000)
    const again = await run()
    await until('the second act', () => acts().length > 1)
    await again.says('startVirtualCam is done')
    expect(acts()).toEqual(['StartRecord', 'StartVirtualCam'])
  })

  it('begins anew with --fresh', async () => {
    const { run, log } = await onStage()
    const show = await run('--start')
    await until('a later cue', async () => (await log()).length > 2)
    show.signal('SIGKILL')
    await show.ended
    const fresh = await run('--fresh')
    await fresh.says('is ready to start')
    await fresh.says('connected to OBS')
    fresh.signal('SIGTERM')
    await fresh.ended
    const idle = await run()
    await idle.says('is ready to start')
  })

  it('is not played twice: a second process names the first one', async () => {
    const { run } = await onStage()
    const show = await run('--start')
    await show.says('connected to OBS')
    const { code, stderr } = await (await run()).ended
    expect(code).toBe(1)
    expect(stderr).toContain(`process ${show.pid}`)
  })
})
