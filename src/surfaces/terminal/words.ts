import type { AsRunLine } from '../../orchestrator/core/asRun.ts'
import type { Command } from '../../orchestrator/core/events.ts'
import type { LiveProblem, Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import { dateAt } from '../../time/timeOfDay.ts'
import { timeWithSeconds } from '../../values/zoneTime.ts'

/** A line of the as-run log as a director would say it: `on air: Main Camera (schedule, +12 ms)`. */
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

/** What has changed between two snapshots and is worth a line, the takes left out: they have lines of their own. */
export function changesInWords(before: Snapshot, after: Snapshot): readonly string[] {
  const lines: string[] = []
  const zone = after.schedule?.timezone ?? 'UTC'
  if (after.mode !== before.mode) lines.push(modeInWords(before, after, zone))
  else if (after.mode === 'idle' && after.armedFor !== null && after.armedFor !== before.armedFor)
    lines.push(modeInWords(before, after, zone))
  if (before.override !== null && after.override === null) lines.push(`the force of ${before.override.scene} has ended`)
  if (after.stream.phase !== before.stream.phase) lines.push(`the stream is ${after.stream.phase}`)
  if (after.recording.phase !== before.recording.phase)
    lines.push(`the recording is ${recordings[after.recording.phase]}`)
  return lines
}

const recordings = { off: 'off', recording: 'on', paused: 'paused' } as const

function modeInWords(before: Snapshot, { mode, armedFor, schedule }: Snapshot, zone: string): string {
  switch (mode) {
    case 'unconfigured':
      return 'no schedule is loaded'
    case 'idle': {
      const title = schedule?.title ?? 'the show'
      if (armedFor === null) return `${title} is ready to start`
      if (armedFor.kind === 'stream') return `${title} starts with the stream`
      const at: number = armedFor.at
      return `${title} starts at ${dateAt(at, zone)} ${timeWithSeconds(at, zone)}`
    }
    case 'running':
      return before.mode === 'paused' ? 'the show goes on' : 'the show is on'
    case 'paused':
      return 'the show is paused'
    case 'stopped':
      return 'the show was stopped'
    case 'finished':
      return 'the show is over'
  }
}

/** A show that waits for nobody but the operator although the schedule says when it starts; null for any other. */
export function missedStart({ start }: Schedule, { mode, armedFor }: Snapshot): string | null {
  if (start.kind !== 'dateTime' || mode !== 'idle' || armedFor !== null) return null
  return `the start of this schedule, ${start.dateTime}, is past: nothing begins by itself; start the show, or correct \`start\``
}

/** A command as it is logged: `forceScene BRB, until 30s, toggle`. */
export function commandInWords(command: Readonly<{ type: string }> | Command): string {
  const { type, ...rest } = command
  const words = Object.entries(rest).map(([name, value]) => {
    const said = typeof value === 'string' ? value : JSON.stringify(value)
    return value === true ? name : mainArguments.has(name) ? said : `${name} ${said}`
  })
  return words.length === 0 ? type : `${type} ${words.join(', ')}`
}

const mainArguments: ReadonlySet<string> = new Set(['scene', 'cue', 'by'])

/** Each of these has a line when it happens, from whoever does it. */
const toldElsewhere: ReadonlySet<string> = new Set(['actFailed', 'takeFailed'])

/** The problems that are new, and those that are over. One in whose place another has come is neither solved nor worth a line. */
export function problemChanges(
  before: Snapshot,
  after: Snapshot,
): { readonly raised: readonly LiveProblem[]; readonly over: readonly LiveProblem[] } {
  const count = ({ problems }: Snapshot, code: string) => problems.filter((problem) => problem.code === code).length
  const raised = after.problems.filter((problem) => !isAmong(before, problem))
  const over = before.problems.filter(
    (problem) => !isAmong(after, problem) && count(after, problem.code) < count(before, problem.code),
  )
  const untold = ({ code }: LiveProblem) => !toldElsewhere.has(code)
  return { raised: raised.filter(untold), over: over.filter(untold) }
}

const isAmong = ({ problems }: Snapshot, { code, message }: LiveProblem): boolean =>
  problems.some((other) => other.code === code && other.message === message)

/** Where it is about something in the file, its place comes first. */
export function problemInWords({ file, line, col, message }: LiveProblem): string {
  const place = [file, line, col].filter((part) => part !== undefined).join(':')
  return place === '' ? message : `${place}: ${message}`
}

/** The same when it has just come up, with how the show goes on about it. */
export function newProblemInWords(problem: LiveProblem): string {
  const goesOn = tries[problem.code]
  return goesOn === undefined ? problemInWords(problem) : `${problemInWords(problem)}; ${goesOn}`
}

/** Where the command line takes the password of OBS from. */
export const passwordGoes = 'it goes into OBS_PASSWORD or the file of --obs-password-file'

const tries: Readonly<Record<string, string>> = {
  obsUnreachable: 'looking for it until it is there',
  obsPassword: `${passwordGoes}; trying again every 30 s`,
  obsIncompatible: 'trying again every 30 s',
  obsKicked: 'trying again in a minute',
}
