import type { ReadCommand } from '../../commands/table.ts'
import type { Change } from '../../playout/changes.ts'
import type { Instant } from '../../time/clock.ts'
import type { AdapterEvent, Command, Configure } from './events.ts'
import type { Reason } from './refusals.ts'
import type { Snapshot } from './snapshot.ts'

/** A change that comes by itself. */
export type DueEvent =
  | { readonly type: 'due.start'; readonly at: Instant }
  | { readonly type: 'due.stream'; readonly at: Instant }
  | Change

/** Everything that the machine understands, with the time at which it counts. */
export type Input = (ReadCommand | Configure | AdapterEvent | DueEvent) & { readonly at: Instant }

/** An input of one type. */
export type In<T extends Input['type']> = Extract<Input, { type: T }>

/** Up to when to play the show before this event is judged. A gap isn't played here: its policy decides about it. */
export const playedUpTo = (event: Input): Instant => (event.type === 'gap' ? Math.min(event.since, event.at) : event.at)

/** What caused a change: a command or a report as it was sent, or a change that came by itself. */
export type Cause = Command | AdapterEvent | Pick<DueEvent, 'type'>

/** One change: its cause, and the top-level fields of the snapshot that it changed, each whole. */
export type ChangeEvent = {
  readonly seq: number
  readonly at: Instant
  readonly event: Cause
  readonly changed: Partial<Snapshot>
}

/** An event for the journal: one that changed something, even if the snapshot doesn't show it, or a refusal. */
export type JournalEntry = ChangeEvent & { readonly refused?: Reason }
