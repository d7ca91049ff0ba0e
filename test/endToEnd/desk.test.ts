import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, shows, startBrowser } from '../support/browser.ts'
import { buildCli, type Cli, tempFolder } from '../support/cli.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = { 'Main Camera': '#c02020', Break: '#20c020', BRB: '#2020c0' } as const
type Scene = keyof typeof scenes

const schedule = `version: 1
transition: Cut
fallback: BRB
cues:
  - { id: opening, scene: Main Camera, duration: 10m }
  - { scene: Break, duration: 10m }
  - { scene: Main Camera, duration: 2s }
`

/** How somebody runs a show. */
type Hand = Readonly<Record<'start' | 'force' | 'release' | 'next', () => Promise<unknown>>>

requireRealObs('browser', 'curl')('a whole show on a real OBS', () => {
  let obs: RealObs
  let cli: Cli
  let browser: Browser

  beforeAll(async () => {
    ;[obs, cli, browser] = await Promise.all([startObs({ scenes }), buildCli({ pages: true }), startBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await obs?.close()
    await cli?.remove()
  })

  /** Runs the show with this hand, and returns the frames that went out and the lines of the as-run log. */
  async function played(handAt: (url: string) => Promise<Hand>) {
    const folder = await tempFolder()
    const file = join(folder, 'show.yaml')
    const passwordFile = join(folder, 'password')
    const state = join(folder, 'state')
    writeFileSync(file, schedule)
    writeFileSync(passwordFile, `${obs.password}\n`)
    const onAir = async (scene: Scene) => {
      await until(
        `${scene} to be on air`,
        async () => (await obs.call('GetSceneList')).currentProgramSceneName === scene,
      )
      // Long enough to be recorded by an OBS that loses frames, and for the guard against a crossed cue.
      await obs.recordedFor(1000)
    }

    await obs.call('SetCurrentProgramScene', { sceneName: 'Break' })
    await obs.startRecording()
    await obs.recordedFor(500)
    const onObs = ['--obs', obs.url, '--obs-password-file', passwordFile, '--no-hotkeys']
    const run = await cli.start(['run', file, ...onObs, '--state-dir', state, '--exit-when-finished'])
    await run.says('connected to OBS')
    const hand = await handAt(/http:\/\/[\w.:[\]-]+\//.exec(run.stderr())?.[0] ?? '')
    await hand.start()
    await onAir('Main Camera')
    await hand.force()
    await onAir('BRB')
    await hand.release()
    await onAir('Main Camera')
    await hand.next()
    await onAir('Break')
    await hand.next()
    expect((await run.ended).code).toBe(0)
    const frames = await decodeFrames(await obs.stopRecording())
    const lines = readFileSync(join(state, 'as-run.jsonl'), 'utf8').trim().split('\n')
    return {
      seen: stretches(frames, scenes).map(({ scene }) => scene),
      lines: lines.map((line) => JSON.parse(line)).map(({ scene, cause, outcome }) => `${scene} ${cause} ${outcome}`),
    }
  }

  const asMeant = {
    seen: ['Break', 'Main Camera', 'BRB', 'Main Camera', 'Break', 'Main Camera'],
    lines: [
      'Main Camera command onAir',
      'BRB force onAir',
      'Main Camera release onAir',
      'Break command onAir',
      'Main Camera command onAir',
    ],
  }

  it('is run by clicks on the operator page, and goes out as it was clicked', async () => {
    const result = await played(async (url) => {
      const page = await openPage(browser, url)
      const go = page.locator('.go')
      const press = async (word: string) => {
        await shows(go, word)
        await until('the button to be ready', async () => (await go.getAttribute('aria-disabled')) === 'false')
        await go.click()
      }
      return {
        start: () => press('Start'),
        next: () => press('Next'),
        force: () => page.getByRole('button', { name: /^BRB/ }).click(),
        release: () => page.getByRole('button', { name: /^Release/ }).click(),
      }
    })
    expect(result).toEqual(asMeant)
  }, 120_000)

  it('is run by ctl alone', async () => {
    const result = await played(async (url) => {
      const ctl = async (...words: string[]) =>
        expect(await (await cli.start(['ctl', ...words, '--url', url])).ended).toMatchObject({ code: 0, stderr: '' })
      return {
        start: () => ctl('start'),
        next: () => ctl('next'),
        force: () => ctl('force', 'BRB'),
        release: () => ctl('release'),
      }
    })
    expect(result).toEqual(asMeant)
  }, 120_000)

  it('is run by curl alone', async () => {
    const result = await played(async (url) => {
      const post = async (what: string) => {
        const words = ['-sS', '--fail-with-body', '-X', 'POST', `${url}api/v1/commands/${what}`]
        expect(JSON.parse((await promisify(execFile)('curl', words)).stdout)).toMatchObject({ accepted: true })
      }
      return {
        start: () => post('start'),
        next: () => post('next'),
        force: () => post('forceScene?scene=BRB'),
        release: () => post('release'),
      }
    })
    expect(result).toEqual(asMeant)
  }, 120_000)
})
