import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import { sameCues } from '../../playout/sameCues.ts'
import { type Cue, compile } from '../../playout/timeline.ts'
import type { CueSpec, Schedule } from '../../schedule/model/schedule.ts'
import { counted } from './words.ts'

/** What a reload changes, in words. `state`: after the reload. */
export function reloadInWords(before: Schedule, after: Schedule, state: Snapshot): string {
  const changes = [...cueChanges(before, after), ...otherChanges(before, after)]
  const what = changes.length === 0 ? 'nothing has changed' : changes.join('; ')
  return `${what}${runningCue(after, state)}`
}

/** Matches cues as the reload itself does. */
function cueChanges(before: Schedule, after: Schedule): string[] {
  const [was, is] = [compile(before), compile(after)]
  const now = sameCues(was, is)
  const kept = new Map<number, Cue>()
  for (const cue of was.cues) {
    const fresh = now[cue.index] ?? null
    const rival = fresh === null ? undefined : kept.get(fresh)
    // Several cues may become one: the nearest of them is kept.
    if (fresh !== null && (rival === undefined || cue.index - fresh <= fresh - rival.index)) kept.set(fresh, cue)
  }
  const added = is.cues.filter(({ index }) => !kept.has(index))
  const stays = new Set(kept.values())
  const gone = was.cues.filter((cue) => !stays.has(cue))
  const isSkippedNow = new Set(after.cues.filter(({ skip }) => skip).map(({ id }) => id))
  const removed = gone.filter(({ id }) => !isSkippedNow.has(id))
  const skipped = gone.filter(({ id }) => isSkippedNow.has(id))
  const changed = is.cues.filter((cue) => {
    const old = kept.get(cue.index)
    return old !== undefined && written(before.cues[old.place]) !== written(after.cues[cue.place])
  })
  const order = is.cues.flatMap(({ index }) => kept.get(index)?.index ?? [])
  const isReordered = order.some((index, place) => index < (order[place - 1] ?? 0))
  return [
    ...listed('added', added),
    ...listed('removed', removed),
    ...listed('skipped', skipped),
    ...listed('changed', changed),
    ...(isReordered ? ['the order of the cues has changed'] : []),
  ]
}

/** Ids that the file doesn't give depend on the other cues. */
const written = (cue: CueSpec | undefined): string => JSON.stringify(cue?.explicitId ? cue : { ...cue, id: null })

const mostNamed = 5

function listed(what: string, cues: readonly { readonly title: string }[]): string[] {
  if (cues.length === 0) return []
  const names = cues.slice(0, mostNamed).map(({ title }) => title)
  const others = cues.length - names.length
  const more = others > 0 ? ` and ${others} more` : ''
  return [`${counted(cues.length, 'cue')} ${what}: ${names.join(', ')}${more}`]
}

function otherChanges(before: Schedule, after: Schedule): string[] {
  const was: ReadonlyMap<string, unknown> = new Map(Object.entries(before))
  const keys = Object.entries(after)
    .filter(([key]) => key !== 'cues' && key !== 'digest')
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(was.get(key)))
    .map(([key]) => writtenAs[key] ?? key)
  return keys.length === 0 ? [] : [`also changed: ${keys.join(', ')}`]
}

const writtenAs: Readonly<Record<string, string>> = { rounds: 'loop', obs: 'obs (from the next run on)' }

/** A cue that is gone from the file, or is skipped now, plays out. Until then the show has one cue more than the file. */
function runningCue(after: Schedule, { cue, next }: Snapshot): string {
  if (cue === null) return ''
  const alike = after.cues.filter(({ id }) => id === cue.id)
  if (alike.some(({ skip }) => !skip)) return `; ${cue.title} goes on`
  const why = alike.length > 0 ? 'is skipped' : 'is no longer in the file'
  return `; ${cue.title} ${why} and plays out${next === null ? '' : `, then comes ${next.title}`}`
}
