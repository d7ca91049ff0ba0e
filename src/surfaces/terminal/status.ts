import { styleText } from 'node:util'
import type { CueView, LiveProblem, Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Forecast } from '../../playout/forecast.ts'
import type { Instant, Millis } from '../../time/clock.ts'
import { countdown, elapsed, timeWithSeconds } from '../../values/zoneTime.ts'
import { keyTable } from './keyTable.ts'
import { printable } from './log.ts'
import { cut, padded, widthOf } from './textWidth.ts'
import { problemInWords } from './words.ts'

export type StatusOptions = {
  /** Columns. No line is wider. */
  readonly width: number
  readonly colour: boolean
  /** How far the wall clock is ahead of the orchestrator's time. */
  readonly wallOffset?: Millis
  /** The scenes of the keys 1 to 9; null if keys do nothing in this terminal. */
  readonly scenes?: readonly string[] | null
  /** The show plays on the embedded simulator, which must not be mistaken for OBS. */
  readonly simulator?: boolean
}

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'grey' | 'bold' | 'onAir'
type Part = { readonly text: string; readonly colour?: Colour }

/** The live status as lines, none wider than the terminal. `now` is an instant of the orchestrator's clock. */
export function renderStatus(
  state: Snapshot,
  forecast: Pick<Forecast, 'nextHardStart'> | null,
  now: Instant,
  { width, colour, wallOffset = 0, scenes = null, simulator = false }: StatusOptions,
): string[] {
  const zone = state.schedule?.timezone ?? 'UTC'
  const clock = (at: Instant) => timeWithSeconds(at + wallOffset, zone)
  const present = state.pausedAt ?? now
  const rows: (readonly Part[])[] = [
    headOf(state, clock(now)),
    row('on air', ...onAirOf(state, now, simulator)),
    ...(state.cue === null ? [] : [row('cue', ...cueOf(state, state.cue, present))]),
    ...(state.next === null ? [] : [row('next', ...nextOf(state, now, clock))]),
    ...(state.cue === null ? [] : [row('timing', ...timingOf(state, forecast, now, clock))]),
    ...(state.override === null ? [] : [row('force', ...forceOf(state.override, now, clock))]),
    row('OBS', ...outsideOf(state, now, simulator)),
    ...problemsOf(state.problems),
    ...(scenes === null ? [] : keysOf(scenes, width)),
  ]
  return rows.map((parts) => painted(parts, width, colour))
}

const labelWidth = 9
const row = (label: string, ...parts: readonly Part[]): readonly Part[] => [
  { text: padded(label, labelWidth), colour: 'grey' },
  ...parts,
]

/** More would push the keys out of a small terminal. */
const mostProblems = 6

/** The worst first. */
function problemsOf(problems: Snapshot['problems']): readonly (readonly Part[])[] {
  const isError = ({ severity }: LiveProblem) => severity === 'error'
  const sorted = [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))]
  const shown = sorted.slice(0, sorted.length > mostProblems ? mostProblems - 1 : mostProblems)
  const rows = shown.map((problem): readonly Part[] => [
    isError(problem) ? { text: '✗ ', colour: 'red' } : { text: '! ', colour: 'yellow' },
    { text: problemInWords(problem) },
  ])
  const left = sorted.length - shown.length
  return left === 0 ? rows : [...rows, [{ text: `  and ${left} more problems, in the log`, colour: 'grey' }]]
}

const modeColours: Readonly<Record<Snapshot['mode'], Colour>> = {
  unconfigured: 'red',
  idle: 'cyan',
  running: 'green',
  paused: 'yellow',
  stopped: 'red',
  finished: 'cyan',
}

function headOf({ mode, schedule }: Snapshot, time: string): readonly Part[] {
  return [
    { text: padded(mode.toUpperCase(), labelWidth), colour: modeColours[mode] },
    { text: time, colour: 'bold' },
    { text: schedule?.title ? `  ${schedule.title}` : '' },
  ]
}

function onAirOf({ program, link }: Snapshot, now: Instant, simulator: boolean): readonly Part[] {
  const { wanted, confirmed } = program
  if (link.phase !== 'up') {
    const waiting = wanted === null || wanted === confirmed ? '' : `  → ${wanted} waits for OBS`
    if (confirmed === null) return [{ text: '–' }, { text: waiting, colour: 'yellow' }]
    const seen = `  when OBS was last seen, ${elapsed(now - link.since)} ago`
    return [{ text: confirmed, colour: 'yellow' }, { text: seen }, { text: waiting, colour: 'yellow' }]
  }
  if (wanted === null || wanted === confirmed)
    return [
      { text: confirmed ?? '–', colour: 'onAir' },
      { text: confirmed === null ? '' : ` ✓ confirmed by ${simulator ? 'the simulator' : 'OBS'}`, colour: 'grey' },
    ]
  return [
    { text: confirmed ?? '–', colour: 'onAir' },
    { text: `  → ${wanted}, not confirmed yet`, colour: 'yellow' },
  ]
}

function cueOf({ schedule }: Snapshot, cue: CueView, present: Instant): readonly Part[] {
  const round = schedule !== null && schedule.loop !== false ? `, round ${cue.round + 1}` : ''
  const place = `  ${cue.index + 1}/${schedule?.cueCount ?? '?'}${round}`
  return [
    ...timeLeft(cue, present),
    { text: `  ${cue.title}`, colour: 'bold' },
    { text: place, colour: 'grey' },
    { text: cue.note === null ? '' : `  ${cue.note}`, colour: 'grey' },
  ]
}

/** The time until the next cue. If none comes by itself, the time until the cue's own end, and beyond it. */
function timeLeft(cue: CueView, present: Instant): readonly Part[] {
  const end = cue.holding && cue.plannedEndsAt !== null ? cue.plannedEndsAt : (cue.endsAt ?? cue.plannedEndsAt)
  if (end === null)
    return [{ text: elapsed(present - cue.enteredAt) }, { text: ' so far, until next', colour: 'yellow' }]
  const left = end - present
  const colour: Colour = left < 0 ? 'red' : left <= 10_000 ? 'yellow' : 'green'
  const held = cue.endsAt === null || cue.holding
  const own = !held && cue.plannedEndsAt !== null && cue.plannedEndsAt < end ? cue.plannedEndsAt - present : null
  return [
    { text: countdown(left), colour },
    { text: held ? ' held, until next' : ' left', colour: held ? 'yellow' : 'grey' },
    {
      text: own === null ? '' : own > 0 ? `, its own end in ${countdown(own)}` : ', past its own end',
      colour: 'yellow',
    },
  ]
}

function nextOf(
  { next, mode, armedFor, pausedAt }: Snapshot,
  now: Instant,
  clock: (at: Instant) => string,
): readonly Part[] {
  if (next === null) return []
  const title = next.title === next.scene ? next.scene : `${next.title} (${next.scene})`
  const when = () => {
    if (next.startsAt !== null && mode !== 'paused')
      return `  at ${clock(next.startsAt)}, in ${countdown(next.startsAt - now)}`
    if (pausedAt !== null) return '  after the pause'
    if (mode === 'idle') return armedFor?.kind === 'stream' ? '  when the stream goes live' : '  at start'
    return next.at === null ? '' : `  at ${clock(next.at)} at the latest`
  }
  return [{ text: title }, { text: when(), colour: 'grey' }]
}

function timingOf(
  { overUnder, pausedAt, cue, mode }: Snapshot,
  forecast: Pick<Forecast, 'nextHardStart'> | null,
  now: Instant,
  clock: (at: Instant) => string,
): readonly Part[] {
  const waited =
    pausedAt !== null ? now - pausedAt : cue?.holding ? Math.max(0, now - (cue.plannedEndsAt ?? cue.enteredAt)) : 0
  const over = mode === 'running' || mode === 'paused' ? overUnder + waited : 0
  const colour: Colour = over >= 1000 ? 'red' : over <= -1000 ? 'cyan' : 'green'
  const word = over >= 1000 ? `${elapsed(over)} over` : over <= -1000 ? `${elapsed(-over)} under` : 'on time'
  const hard = forecast?.nextHardStart
  const fixed = hard ? `  hard start ${hard.cue} at ${clock(hard.at)}, in ${countdown(hard.at - now)}` : ''
  return [{ text: word, colour }, { text: fixed }]
}

function forceOf(
  { scene, until, by, pause, since }: NonNullable<Snapshot['override']>,
  now: Instant,
  clock: (at: Instant) => string,
): readonly Part[] {
  const end =
    until === 'release'
      ? 'until released'
      : until === 'cueEnd'
        ? 'until the end of the cue'
        : `until ${clock(until)}, ${countdown(until - now)} left`
  const who = by === 'operator' ? '' : by === 'obs' ? ', switched in OBS' : ', recurring'
  return [
    { text: scene, colour: 'yellow' },
    { text: `  ${end}${who}${pause ? ', pauses the show' : ''}` },
    { text: `  for ${elapsed(now - since)}`, colour: 'grey' },
  ]
}

function outsideOf({ link, stream, recording }: Snapshot, now: Instant, simulator: boolean): readonly Part[] {
  const connected = `connected${link.obs === undefined ? '' : `, ${link.obs.version}`}`
  const up: Part =
    link.phase === 'up'
      ? { text: simulator ? 'connected to the simulator' : connected, colour: simulator ? 'yellow' : 'green' }
      : { text: link.phase === 'connecting' ? 'connecting' : 'not connected', colour: 'red' }
  if (link.phase !== 'up') return [up]
  const streams: Part =
    stream.phase === 'live'
      ? { text: `stream live ${elapsed(now - stream.since)}`, colour: 'green' }
      : { text: `stream ${stream.phase}`, colour: stream.phase === 'reconnecting' ? 'red' : 'grey' }
  const records: Part =
    recording.phase === 'recording'
      ? { text: `recording ${elapsed(now - recording.since)}`, colour: 'green' }
      : { text: `recording ${recording.phase}`, colour: recording.phase === 'paused' ? 'yellow' : 'grey' }
  return [up, { text: ' · ' }, streams, { text: ' · ' }, records]
}

/** Takes as many lines as it needs, because a key that can't be seen is useless. */
function keysOf(scenes: readonly string[], width: number): (readonly Part[])[] {
  const keys = keyTable.filter(({ label }) => label !== sceneKeys).map(({ label, does }) => `${label} ${does}`)
  const ofScenes = scenes.slice(0, 9).map((scene, index) => `${index + 1} ${scene}`)
  const lines = [...wrapped(keys, width), ...wrapped(ofScenes, width)]
  return lines.map((text) => [{ text, colour: 'grey' }])
}

const sceneKeys = '1–9'
const separator = ' · '

function wrapped(items: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    const longer = last === undefined ? item : `${last}${separator}${item}`
    if (last === undefined || widthOf(longer) > width) lines.push(item)
    else lines[lines.length - 1] = longer
  }
  return lines
}

/** The colour is decided by our caller, so styleText needn't look at stdout. */
const paint = (colour: Colour, text: string): string =>
  styleText(colour === 'onAir' ? ['bold', 'white', 'bgRed'] : colour, text, { validateStream: false })

function painted(parts: readonly Part[], width: number, colour: boolean): string {
  let left = width
  let line = ''
  for (const part of parts) {
    const text = cut(printable(part.text), left)
    left -= widthOf(text)
    if (text !== '') line += colour && part.colour !== undefined ? paint(part.colour, text) : text
  }
  return line.trimEnd()
}
