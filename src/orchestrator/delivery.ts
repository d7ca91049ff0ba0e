import type { DueAct, Effect, PassedCue } from '../playout/effect.ts'
import { none } from '../playout/timeline.ts'
import type { AsRunLine } from './core/asRun.ts'
import type { Context, Yield } from './core/context.ts'
import type { Heard } from './core/core.ts'
import { effectOf } from './core/effects.ts'
import type { JournalEntry } from './core/input.ts'
import type { Snapshot } from './core/snapshot.ts'
import { changedFields } from './core/view.ts'
import type { Orchestrator } from './orchestrator.ts'
import { createEventRing, type EventRing } from './readers/eventRing.ts'
import { createListeners, type Listeners, tell } from './readers/listeners.ts'
import { createReaders, type Readers } from './readers/readers.ts'

export type OnEffect = (effect: Effect) => void

/** Hands what has changed to everybody who asked for it: outputs, listeners and readers. */
export type Delivery = Pick<Orchestrator, 'subscribe' | 'states' | 'events' | 'onAsRun' | 'onJournal'> & {
  /** Adds an output. Returns a function that removes it. */
  add(onEffect: OnEffect): () => void
  /** Notes what the core has heard, or an event that it never got because it couldn't be read. */
  note(heard: Heard): void
  /** Delivers what was noted. */
  flush(): void
  /** Whether listeners send commands faster than they return, or answer each snapshot with a command for ever. */
  isFull(): boolean
  close(): void
}

export function createDelivery(latest: () => Snapshot): Delivery {
  // Made when first needed, because most orchestrators need few of these.
  let outputs: Set<OnEffect> | null = null
  let asRun: Listeners<AsRunLine> | null = null
  let journal: Listeners<JournalEntry> | null = null
  let snapshots: Listeners<Snapshot> | null = null
  let readers: Readers | null = null
  let ring: EventRing | null = null
  let effects: Effect[] | null = null
  /** The context of the last effect, and what has come since then for the next one. */
  let carriedOut: Context | null = null
  let passedMeanwhile: readonly PassedCue[] = none
  let actsMeanwhile: readonly DueAct[] = none
  let carryingOut = false
  let closed = false

  const noteEffect = ({ context, passed, acts }: Yield): void => {
    if (passed.length > 0) passedMeanwhile = [...passedMeanwhile, ...passed]
    if (acts.length > 0) actsMeanwhile = [...actsMeanwhile, ...acts]
    const { change, show, air, outside } = context
    const isNews = show !== carriedOut?.show || air !== carriedOut.air || outside.scenes !== carriedOut.outside.scenes
    // Changes of one instant make one effect.
    if (!isNews || (change !== null && change.at <= show.at)) return
    carriedOut = context
    effects ??= []
    effects.push(effectOf(context, passedMeanwhile, actsMeanwhile))
    passedMeanwhile = none
    actsMeanwhile = none
  }

  return {
    add(onEffect) {
      outputs ??= new Set()
      const all = outputs.add(onEffect)
      return () => void all.delete(onEffect)
    },
    note({ at, cause, refused, before, after, yielded }) {
      const isNew = after !== before
      if (isNew) snapshots?.note(after)
      if (yielded !== null) {
        if (asRun !== null) for (const { line } of yielded.lines) asRun.note(line)
        if (outputs !== null && outputs.size > 0) noteEffect(yielded)
      }
      if (ring === null && journal === null) return
      const entry = { seq: after.seq, at, event: cause, changed: changedFields(before, after) }
      if (isNew) ring?.add(entry)
      journal?.note(refused === null ? entry : { ...entry, refused })
      // At once, because a journal may ask for the state right after this event.
      journal?.deliver()
    },
    /** Delivers effects first, because OBS is what the audience sees. An output may report back at once. */
    flush() {
      if (effects !== null && effects.length > 0 && !carryingOut) {
        carryingOut = true
        for (const effect of effects) for (const output of outputs ?? []) tell(output, effect)
        effects.length = 0
        carryingOut = false
      }
      asRun?.deliver()
      if (snapshots?.deliver()) readers?.wake()
      ring?.wake()
    },
    isFull: () => snapshots?.isFull() === true,
    subscribe(listener) {
      snapshots ??= createListeners()
      return closed ? () => {} : snapshots.listen(listener)
    },
    states() {
      let seen = -1
      snapshots ??= createListeners()
      readers ??= createReaders()
      return readers.read(() => {
        const state = latest()
        if (state.seq <= seen) return closed ? { done: true, value: undefined } : null
        seen = state.seq
        return { done: false, value: state }
      })
    },
    events() {
      ring ??= createEventRing(latest)
      if (closed) ring.close()
      return ring.read()
    },
    onAsRun(listener) {
      asRun ??= createListeners()
      return asRun.listen(listener)
    },
    onJournal(listener) {
      journal ??= createListeners()
      return journal.listen(listener)
    },
    close() {
      closed = true
      outputs?.clear()
      snapshots?.clear()
      readers?.wake()
      ring?.close()
    },
  }
}
