import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { formatDuration, parseDuration } from '../../src/time/duration.ts'
import { formatTimeOfDay, parseTimeOfDay } from '../../src/time/timeOfDay.ts'
import { asRunWords } from '../support/asRunWords.ts'
import { type LiveShow, liveShow } from '../support/liveShow.ts'
import { addMedia, makeTone } from '../support/media.ts'
import { type RealObs, startObs } from '../support/realObs.ts'
import { decodeFrames, stretches } from '../support/recording.ts'
import { requireRealObs } from '../support/requirements.ts'
import { until } from '../support/until.ts'

const scenes = {
  'Technical Issues': '#101010',
  'Starting Soon': '#c02020',
  'Main Camera': '#20c020',
  Desk: '#2020c0',
  Sponsor: '#c0c020',
  Break: '#20c0c0',
  'Two Shot': '#404040',
  'Q&A': '#e0e0e0',
  Concert: '#a0a0a0',
  Credits: '#707070',
  Standby: '#7020c0',
  'Station Ident': '#207070',
  BRB: '#702020',
} as const

/** Two and a half hours in 75 s. */
const faster = 120
const inEarnest = 19 * 3_600_000

requireRealObs()('the example of an evening show, played 120 times as fast on a real OBS', () => {
  let obs: RealObs
  let show: LiveShow | undefined

  beforeAll(async () => {
    obs = await startObs({ scenes })
    const reel = await makeTone(obs.home, 1)
    const voice = await makeTone(obs.home, 3)
    await addMedia(obs, { scene: 'Sponsor', input: 'Sponsor Reel', file: reel })
    await addMedia(obs, { scene: 'Desk', input: 'Desk Mic', file: voice, looping: true })
    await addMedia(obs, { scene: 'Two Shot', input: 'Guest Mic', file: voice, looping: true })
    await obs.call('CreateInput', { sceneName: 'BRB', inputName: 'Song Title', inputKind: 'text_ft2_source_v2' })
  })
  afterAll(async () => {
    await show?.close()
    await obs?.close()
  })

  it('leaves the recording that its as-run log describes', async () => {
    const lostFrames = await obs.countLostFrames()
    // Late enough for the show to be connected by then.
    const startAt = Math.ceil((Date.now() + 5000) / 1000) * 1000
    show = await liveShow(obs, hurried(readFileSync('scenes/evening-show.yaml', 'utf8'), startAt))
    const { orchestrator, lines, state } = show
    await state('the questions to run over', ({ cue }) => cue?.id === 'questions' && cue.holding, 70_000)
    orchestrator.next()
    await state('the end of the show', ({ mode }) => mode === 'finished', 40_000)
    await until('the recording to be over', async () => !(await obs.call('GetRecordStatus')).outputActive)

    expect(asRunWords(lines)).toEqual([
      'Starting Soon schedule onAir',
      'Main Camera schedule onAir',
      'Desk schedule onAir',
      'Station Ident recurring onAir',
      'Desk release onAir',
      'Sponsor schedule onAir',
      'Break schedule onAir',
      'Two Shot schedule onAir',
      'Station Ident recurring onAir',
      'Two Shot release onAir',
      'Q&A schedule onAir',
      'Sponsor command onAir',
      'Standby schedule onAir',
      'Concert schedule onAir',
      'Main Camera schedule onAir',
      'Credits schedule onAir',
    ])
    const planned = new Map(lines.map(({ cue, cause, plannedAt }) => [`${cue} ${cause}`, plannedAt - startAt]))
    expect(planned.get('interview schedule')).toBe(30_000)
    expect(planned.get('concert schedule')).toBe(60_000)

    const [file = ''] = readdirSync(join(obs.home, 'recordings'))
    const lost = await lostFrames()
    const seen = stretches(await decodeFrames(join(obs.home, 'recordings', file)), scenes)
    expect(seen.map(({ scene }) => scene)).toEqual(lines.map(({ scene }) => scene))
    // The first cue starts the recording and the end of the show stops it, so the first and last cues aren't recorded whole.
    seen.slice(1, -1).forEach(({ scene, length }, i) => {
      const milliseconds = (lines[i + 2]?.plannedAt ?? 0) - (lines[i + 1]?.plannedAt ?? 0)
      const frames = (milliseconds * 30) / 1000
      expect(Math.abs(length - frames), `${scene}: ${length} frames, planned ${frames}`).toBeLessThanOrEqual(3 + lost)
    })
  }, 150_000)
})

/** The schedule with its times compressed around its start, and with cuts, because a recorded mix has no edge. */
function hurried(text: string, startAt: number): string {
  const midnight = startAt - (startAt % 86_400_000)
  const time = (written: string) => {
    const after = Math.floor(((parseTimeOfDay(written) ?? 0) - inEarnest) / faster / 1000) * 1000
    return formatTimeOfDay((startAt + after - midnight) % 86_400_000)
  }
  const length = (written: string, least: number) =>
    formatDuration(Math.max(least, Math.round((parseDuration(written) ?? 0) / faster)))
  const quick = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((inner) => quick(key, inner))
    if (typeof value === 'string') {
      if (key === 'at' || key === 'until' || key === 'due' || key === 'start') return time(value)
      if (key === 'duration') return length(value, 500)
      return key === 'after' || key === 'for' ? length(value, 1) : value
    }
    if (typeof value !== 'object' || value === null) return value
    const kept = Object.entries(value).filter(([name]) => name !== 'transition' && name !== 'days')
    return Object.fromEntries(kept.map(([name, inner]) => [name, quick(name, inner)]))
  }
  const show = quick('', parse(text, { merge: true }))
  return stringify({ ...(typeof show === 'object' ? show : {}), timezone: 'UTC', transition: 'Cut', hotkeys: [] })
}
