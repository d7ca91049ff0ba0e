import { styleText } from 'node:util'
import type { CueView, LiveProblem, NextView, OverrideView, Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Forecast } from '../../playout/forecast.ts'
import type { Instant, Millis, WallOffset } from '../../time/clock.ts'
import { countdown, elapsed, timeWithSeconds } from '../../values/zoneTime.ts'
import { keyTable } from './keyTable.ts'
import { printable } from './log.ts'
import { cut, padded, widthOf } from './textWidth.ts'
import { problemInWords } from './words.ts'

/** What the live status shows, and how. */
export type StatusView = {
  readonly state: Snapshot
  /** An instant of the orchestrator's clock. */
  readonly now: Instant
  /** How far the wall clock is ahead of the orchestrator's. */
  readonly wallOffset: WallOffset
  readonly hardStart: Forecast['nextHardStart']
  /** The scenes of the keys 1 to 9; null if keys do nothing in this terminal. */
  readonly scenes: readonly string[] | null
  /** The show plays on the embedded simulator, which must not be mistaken for OBS. */
  readonly simulator: boolean
  /** Columns. No line is wider. */
  readonly width: number
  readonly colour: boolean
}

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'grey' | 'bold' | 'onAir'
type Part = string | readonly [Colour, string]
type Row = readonly Part[]

/** The live status as lines, none wider than the terminal. */
export function renderStatus(view: StatusView): string[] {
  const { cue, next, override, problems } = view.state
  const rows: readonly (Row | null)[] = [
    headOf(view),
    row('on air', onAirOf(view)),
    cue && row('cue', cueOf(view, cue)),
    next && row('next', nextOf(view, next)),
    cue && row('timing', timingOf(view, cue)),
    override && row('force', forceOf(view, override)),
    row('OBS', outsideOf(view)),
    ...problemsOf(problems),
    ...keysOf(view),
  ]
  return rows.flatMap((parts) => (parts === null ? [] : painted(parts, view)))
}

const labelWidth = 9
const row = (label: string, parts: Row): Row => [['grey', padded(label, labelWidth)], ...parts]

const wallTime = ({ state, wallOffset }: StatusView, at: Instant): string =>
  timeWithSeconds(at + wallOffset, state.schedule?.timezone ?? 'UTC')

/** More would push the keys out of a small terminal. */
const mostProblems = 6

/** The worst first. */
function problemsOf(problems: readonly LiveProblem[]): readonly Row[] {
  const isError = ({ severity }: LiveProblem) => severity === 'error'
  const sorted = [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))]
  const shown = sorted.slice(0, sorted.length > mostProblems ? mostProblems - 1 : mostProblems)
  const rows = shown.map(
    (problem): Row => [isError(problem) ? ['red', '✗ '] : ['yellow', '! '], problemInWords(problem)],
  )
  const left = sorted.length - shown.length
  return left === 0 ? rows : [...rows, [['grey', `  and ${left} more problems, in the log`]]]
}

const modeColours: Readonly<Record<Snapshot['mode'], Colour>> = {
  unconfigured: 'red',
  idle: 'cyan',
  running: 'green',
  paused: 'yellow',
  stopped: 'red',
  finished: 'cyan',
}

function headOf(view: StatusView): Row {
  const { mode, schedule } = view.state
  const title = schedule?.title ? `  ${schedule.title}` : ''
  return [[modeColours[mode], padded(mode.toUpperCase(), labelWidth)], ['bold', wallTime(view, view.now)], title]
}

function onAirOf({ state: { program, link }, now, simulator }: StatusView): Row {
  const { wanted, confirmed } = program
  const isAsked = wanted !== null && wanted !== confirmed
  if (link.phase !== 'up') {
    const waiting: Part = ['yellow', isAsked ? `  → ${wanted} waits for OBS` : '']
    if (confirmed === null) return ['–', waiting]
    return [['yellow', confirmed], `  when OBS was last seen, ${elapsed(now - link.since)} ago`, waiting]
  }
  const onAir: Part = ['onAir', confirmed ?? '–']
  if (isAsked) return [onAir, ['yellow', `  → ${wanted}, not confirmed yet`]]
  return [onAir, ['grey', confirmed === null ? '' : ` ✓ confirmed by ${simulator ? 'the simulator' : 'OBS'}`]]
}

/** When the pause began that moves the end of the cue; null without one. A pause doesn't move a time of day. */
const pausedSince = ({ state: { cue, pausedAt } }: StatusView): Instant | null =>
  cue?.endsBy === 'clock' ? null : pausedAt

function cueOf(view: StatusView, cue: CueView): Row {
  const { schedule } = view.state
  const round = schedule !== null && schedule.loop !== false ? `, round ${cue.round + 1}` : ''
  return [
    ...timeLeft(cue, pausedSince(view) ?? view.now),
    ['bold', `  ${cue.title}`],
    ['grey', `  ${cue.index + 1}/${schedule?.cueCount ?? '?'}${round}`],
    ['grey', cue.note === null ? '' : `  ${cue.note}`],
  ]
}

/** The time until the next cue. If none comes by itself, the time until the cue's own end, and beyond it. */
function timeLeft(cue: CueView, present: Instant): Row {
  const { enteredAt, endsAt, plannedEndsAt, holding, warning, danger } = cue
  const end = holding && plannedEndsAt !== null ? plannedEndsAt : (endsAt ?? plannedEndsAt)
  if (end === null) return [elapsed(present - enteredAt), ['yellow', ' so far, until next']]
  const left = end - present
  const isWithin = (length: Millis | null) => length !== null && left <= length
  const counter: Part = [left < 0 || isWithin(danger) ? 'red' : isWithin(warning) ? 'yellow' : 'green', countdown(left)]
  if (endsAt === null || holding) return [counter, ['yellow', ' held, until next']]
  const own = plannedEndsAt !== null && plannedEndsAt < end ? plannedEndsAt - present : null
  const ownEnd = own === null ? '' : own > 0 ? `, its own end in ${countdown(own)}` : ', past its own end'
  return [counter, ['grey', ' left'], ['yellow', ownEnd]]
}

function nextOf(view: StatusView, next: NextView): Row {
  const title = next.title === next.scene ? next.scene : `${next.title} (${next.scene})`
  return [title, ['grey', comesWhen(view, next)]]
}

function comesWhen(view: StatusView, { startsAt, at }: NextView): string {
  const { mode, pausedAt, armedFor } = view.state
  if (startsAt !== null && pausedSince(view) === null)
    return `  at ${wallTime(view, startsAt)}, in ${countdown(startsAt - view.now)}`
  if (pausedAt !== null) return '  after the pause'
  if (mode === 'idle') return armedFor?.kind === 'stream' ? '  when the stream goes live' : '  at start'
  return at === null ? '' : `  at ${wallTime(view, at)} at the latest`
}

function timingOf(view: StatusView, { holding, plannedEndsAt, enteredAt }: CueView): Row {
  const { hardStart, now } = view
  const { overUnder, mode } = view.state
  const waited = holding ? Math.max(0, now - (plannedEndsAt ?? enteredAt)) : now - (pausedSince(view) ?? now)
  const over = mode === 'running' || mode === 'paused' ? overUnder + waited : 0
  const fixed =
    hardStart === null
      ? ''
      : `  hard start ${hardStart.cue} at ${wallTime(view, hardStart.at)}, in ${countdown(hardStart.at - now)}`
  if (over >= 1000) return [['red', `${elapsed(over)} over`], fixed]
  return [over <= -1000 ? ['cyan', `${elapsed(-over)} under`] : ['green', 'on time'], fixed]
}

function forceOf(view: StatusView, { scene, until, by, pause, since }: OverrideView): Row {
  const end =
    until === 'release'
      ? 'until released'
      : until === 'cueEnd'
        ? 'until the end of the cue'
        : `until ${wallTime(view, until)}, ${countdown(until - view.now)} left`
  const who = by === 'operator' ? '' : by === 'obs' ? ', switched in OBS' : ', recurring'
  return [
    ['yellow', scene],
    `  ${end}${who}${pause ? ', pauses the show' : ''}`,
    ['grey', `  for ${elapsed(view.now - since)}`],
  ]
}

function outsideOf({ state: { link, stream, recording }, now, simulator }: StatusView): Row {
  if (link.phase !== 'up') return [['red', link.phase === 'connecting' ? 'connecting' : 'not connected']]
  const version = link.obs === undefined ? '' : `, ${link.obs.version}`
  const streams: Part =
    stream.phase === 'live'
      ? ['green', `stream live ${elapsed(now - stream.since)}`]
      : [stream.phase === 'reconnecting' ? 'red' : 'grey', `stream ${stream.phase}`]
  const records: Part =
    recording.phase === 'recording'
      ? ['green', `recording ${elapsed(now - recording.since)}`]
      : [recording.phase === 'paused' ? 'yellow' : 'grey', `recording ${recording.phase}`]
  const up: Part = simulator ? ['yellow', 'connected to the simulator'] : ['green', `connected${version}`]
  return [up, ' · ', streams, ' · ', records]
}

/** Takes as many lines as it needs, because a key that can't be seen is useless. */
function keysOf({ scenes, width }: StatusView): readonly Row[] {
  if (scenes === null) return []
  const keys = keyTable.filter((binding) => !binding.keys.includes('1')).map(({ label, does }) => `${label} ${does}`)
  const ofScenes = scenes.map((scene, index) => `${index + 1} ${scene}`)
  return [...wrapped(keys, width), ...wrapped(ofScenes, width)].map((text) => [['grey', text]])
}

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

function painted(parts: Row, { width, colour }: StatusView): string {
  let left = width
  let line = ''
  for (const part of parts) {
    const [as, whole] = typeof part === 'string' ? [null, part] : part
    const text = cut(printable(whole), left)
    left -= widthOf(text)
    line += text !== '' && colour && as !== null ? paint(as, text) : text
  }
  return line.trimEnd()
}
