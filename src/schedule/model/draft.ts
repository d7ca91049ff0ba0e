import type { Head } from '../schema/head.ts'
import type { CueSpec, Hotkey, RecurringSpec, SceneSpec } from './schedule.ts'

/** A schedule as far as it could be read: undefined stands for an entry that is broken. */
export type Draft = Head & {
  readonly scenes: Readonly<Record<string, SceneSpec>>
  readonly cues: readonly (CueSpec | undefined)[]
  readonly recurring: readonly (RecurringSpec | undefined)[]
  readonly hotkeys: readonly (Hotkey | undefined)[]
}

/** A cue that is played, with its place in the file; `cue` undefined where it is broken. */
export type Entry = { readonly index: number; readonly cue: CueSpec | undefined }

export function playedCues(cues: Draft['cues']): Entry[] {
  return cues.map((cue, index) => ({ index, cue })).filter(({ cue }) => cue?.skip !== true)
}
