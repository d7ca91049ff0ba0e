import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { CueSpec, Schedule } from '../../schedule/model/schedule.ts'

/** What another version of the schedule changes, in words. `state`: after it was loaded. */
export function reloadInWords(before: Schedule, after: Schedule, state: Snapshot): string {
  const changes = [...cueChanges(before.cues, after.cues), ...otherChanges(before, after)]
  const what = changes.length === 0 ? 'nothing has changed' : changes.join('; ')
  return `${what}${runningCue(after, state)}`
}

function cueChanges(before: readonly CueSpec[], after: readonly CueSpec[]): string[] {
  const was = byId(before)
  const is = byId(after)
  const added = after.filter(({ id }) => !was.has(id))
  const removed = before.filter(({ id }) => !is.has(id))
  const changed = after.filter((cue) => {
    const old = was.get(cue.id)
    return old !== undefined && JSON.stringify(old) !== JSON.stringify(cue)
  })
  const common = (cues: readonly CueSpec[], others: ReadonlyMap<string, CueSpec>) =>
    cues.filter(({ id }) => others.has(id)).map(({ id }) => id)
  const moved = common(before, is).join('\n') !== common(after, was).join('\n')
  return [
    ...listed('added', added),
    ...listed('removed', removed),
    ...listed('changed', changed),
    ...(moved ? ['the order of the cues has changed'] : []),
  ]
}

const byId = (cues: readonly CueSpec[]): ReadonlyMap<string, CueSpec> => new Map(cues.map((cue) => [cue.id, cue]))

const mostNamed = 5

function listed(what: string, cues: readonly CueSpec[]): string[] {
  if (cues.length === 0) return []
  const names = cues.slice(0, mostNamed).map(({ title }) => title)
  const others = cues.length - names.length
  const more = others > 0 ? ` and ${others} more` : ''
  return [`${cues.length} ${cues.length === 1 ? 'cue' : 'cues'} ${what}: ${names.join(', ')}${more}`]
}

function otherChanges(before: Schedule, after: Schedule): string[] {
  const was: ReadonlyMap<string, unknown> = new Map(Object.entries(before))
  const keys = Object.entries(after)
    .filter(
      ([key, value]) => key !== 'cues' && key !== 'digest' && JSON.stringify(value) !== JSON.stringify(was.get(key)),
    )
    .map(([key]) => writtenAs[key] ?? key)
  return keys.length === 0 ? [] : [`also changed: ${keys.join(', ')}`]
}

const writtenAs: Readonly<Record<string, string>> = { rounds: 'loop', obs: 'obs (from the next run on)' }

/** A cue that is gone from the file, or is to be skipped, plays out: until then the show has one cue more than the file. */
function runningCue(after: Schedule, { cue, schedule, next }: Snapshot): string {
  if (cue === null || schedule === null) return ''
  if (after.cues.some(({ id, skip }) => id === cue.id && !skip)) return `; ${cue.title} goes on`
  const isSkipped = after.cues.some(({ id, skip }) => id === cue.id && skip)
  return `; ${cue.title} is ${isSkipped ? 'skipped' : 'no longer in the file'} and plays out${next === null ? '' : `, then comes ${next.title}`}`
}
