import type { Report } from './finding.ts'
import type { Head } from './head.ts'
import type { CueSpec, Hotkey, RecurringSpec, SceneSpec } from './schedule.ts'

/** A schedule as far as it could be read: undefined stands for an entry that is broken. */
export type Draft = Head & {
  readonly scenes: Readonly<Record<string, SceneSpec>>
  readonly cues: readonly (CueSpec | undefined)[]
  readonly recurring: readonly (RecurringSpec | undefined)[]
  readonly hotkeys: readonly (Hotkey | undefined)[]
}

/** All that can be known to go wrong before the show. */
export function lint(_draft: Draft, _report: Report): void {}
