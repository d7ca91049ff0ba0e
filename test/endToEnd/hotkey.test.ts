import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildCli, type Cli } from '../support/cli.ts'
import { pressKey } from '../support/keys.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { 'Main Camera': '#c02020', BRB: '#2020c0' } as const

const schedule = `version: 1
transition: Cut
cues:
  - { scene: Main Camera, duration: 10m }
hotkeys:
  - { keys: Ctrl+Alt+B, forceScene: BRB, toggle: true }
`

requireRealObs('xdotool')('a hotkey pressed on the desktop', () => {
  let obs: RealObs
  let cli: Cli

  beforeAll(async () => {
    ;[obs, cli] = await Promise.all([startObs({ scenes }), buildCli()])
  })
  afterAll(async () => {
    await obs?.close()
    await cli?.remove()
  })

  it('forces a scene on the real OBS, and releases it when pressed again', async () => {
    const file = join(obs.home, 'show.yaml')
    const passwordFile = join(obs.home, 'password')
    const stateDir = join(obs.home, 'state')
    writeFileSync(file, schedule)
    writeFileSync(passwordFile, `${obs.password}\n`)
    const onAir = async (scene: string) => {
      await until(`${scene} to be on air`, async () => {
        const { currentProgramSceneName } = await obs.call('GetCurrentProgramScene')
        return currentProgramSceneName === scene
      })
      // Long enough to be recorded by an OBS that loses frames.
      await obs.recordedFor(1000)
    }

    await obs.call('SetCurrentProgramScene', { sceneName: 'BRB' })
    await obs.startRecording()
    await obs.recordedFor(500)
    const run = await cli.start(
      ['run', file, '--obs', obs.url, '--obs-password-file', passwordFile, '--state-dir', stateDir, '--start'],
      { env: { DISPLAY: obs.display } },
    )
    await run.says('hotkeys on the whole desktop: Ctrl+Alt+B')
    await onAir('Main Camera')
    await pressKey(obs.display, 'ctrl+alt+b')
    await onAir('BRB')
    await pressKey(obs.display, 'ctrl+alt+b')
    await onAir('Main Camera')
    await run.says('on air: Main Camera (release')
    run.signal('SIGINT')
    expect((await run.ended).code).toBe(130)

    const frames = await decodeFrames(await obs.stopRecording())
    expect(stretches(frames, scenes).map(({ scene }) => scene)).toEqual(['BRB', 'Main Camera', 'BRB', 'Main Camera'])
    const lines = readFileSync(join(stateDir, 'as-run.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line)).map(({ scene, cause, outcome }) => [scene, cause, outcome])).toEqual([
      ['Main Camera', 'command', 'onAir'],
      ['BRB', 'force', 'onAir'],
      ['Main Camera', 'release', 'onAir'],
    ])
  }, 60_000)
})
