import type { AsRunLine } from '../../orchestrator/core/asRun.ts'
import type { ArmedFor, LiveProblem, Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { WallOffset } from '../../time/clock.ts'
import { dateAt } from '../../time/timeOfDay.ts'
import { timeWithSeconds } from '../../values/zoneTime.ts'

/** `1 cue`, `2 cues`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

/** A line of the as-run log in a director's words: `on air: Main Camera (schedule, +12 ms)`. */
export function takeInWords({ title, scene, cause, errorMs, outcome, reason }: AsRunLine): string {
  const what = title === null || title === scene ? scene : `${scene} "${title}"`
  const late = errorMs === null || outcome !== 'onAir' ? '' : `, ${errorMs < 0 ? '−' : '+'}${Math.abs(errorMs)} ms`
  const why = reason === undefined ? '' : `: ${reason}`
  return `${outcomes[outcome]}: ${what} (${cause}${late})${why}`
}

const outcomes: Readonly<Record<AsRunLine['outcome'], string>> = {
  onAir: 'on air',
  already: 'already on air',
  covered: 'under a force',
  skipped: 'skipped',
  superseded: 'superseded before it was on air',
  failed: 'not on air',
}

/** What changed between two snapshots, except takes, which have as-run lines. Times are shown as the wall clock has them. */
export function changesInWords(before: Snapshot, after: Snapshot, wallOffset: WallOffset): readonly string[] {
  const lines: string[] = []
  const isArmedAnew = after.mode === 'idle' && after.armedFor !== null && after.armedFor !== before.armedFor
  if (after.mode !== before.mode || isArmedAnew) lines.push(modeInWords(before, after, wallOffset))
  if (before.override !== null && after.override === null) lines.push(`the force of ${before.override.scene} has ended`)
  if (after.stream.phase !== before.stream.phase) lines.push(`the stream is ${after.stream.phase}`)
  if (after.recording.phase !== before.recording.phase)
    lines.push(`the recording is ${recordings[after.recording.phase]}`)
  return lines
}

const recordings = { off: 'off', recording: 'on', paused: 'paused' } as const

function modeInWords(before: Snapshot, { mode, armedFor, schedule }: Snapshot, wallOffset: WallOffset): string {
  if (mode === 'running' && before.mode === 'paused') return 'the show goes on'
  if (mode !== 'idle') return modes[mode]
  return `${schedule?.title ?? 'the show'} ${startInWords(armedFor, wallOffset, schedule?.timezone ?? 'UTC')}`
}

const modes = {
  unconfigured: 'no schedule is loaded',
  running: 'the show is on',
  paused: 'the show is paused',
  stopped: 'the show was stopped',
  finished: 'the show is over',
} as const

function startInWords(armedFor: ArmedFor | null, wallOffset: WallOffset, timezone: string): string {
  if (armedFor === null) return 'is ready to start'
  if (armedFor.kind === 'stream') return 'starts with the stream'
  const wall = armedFor.at + wallOffset
  return `starts at ${dateAt(wall, timezone)} ${timeWithSeconds(wall, timezone)}`
}

/** Says that a show waits for the operator because its start time is past; null if it doesn't. */
export function missedStart({ start }: Schedule, { mode, armedFor }: Snapshot): string | null {
  if (start.kind !== 'dateTime' || mode !== 'idle' || armedFor !== null) return null
  return `the start of this schedule, ${start.dateTime}, is past: nothing begins by itself; start the show, or correct \`start\``
}

/** Says how a show goes on that was on when its process ended. */
export function resumedInWords({ policies }: Schedule, { mode, cue }: Snapshot): string {
  const was = 'the show was on when its process ended'
  if (mode === 'finished') return `${was}, and is over by now`
  if (mode === 'paused') return `${was}, and is still paused in cue "${cue?.id}"`
  const how = policies.afterGap === 'catchUp' ? 'as if it had never stopped' : 'where it was'
  return `${was}: it goes on ${how}, in cue "${cue?.id}"`
}

/** A problem as one line, with its place in the file if it has one. */
export function problemInWords({ file, line, col, message }: LiveProblem): string {
  const place = [file, line, col].filter((part) => part !== undefined).join(':')
  return place === '' ? message : `${place}: ${message}`
}

/** The same for a problem that is new, with what happens next. */
export function newProblemInWords(problem: LiveProblem): string {
  const goesOn = tries[problem.code]
  return goesOn === undefined ? problemInWords(problem) : `${problemInWords(problem)}; ${goesOn}`
}

/** Where to put OBS's password. */
export const passwordGoes = 'it goes into OBS_PASSWORD or the file of --obs-password-file'

const tries: Readonly<Record<string, string>> = {
  obsUnreachable: 'looking for it until it is there',
  obsPassword: `${passwordGoes}; trying again every 30 s`,
  obsIncompatible: 'trying again every 30 s',
  obsKicked: 'trying again in a minute',
}
