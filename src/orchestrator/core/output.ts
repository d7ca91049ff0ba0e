import type { DueAct, Effect } from '../../playout/effect.ts'

/**
 * Something that puts scenes on air: an OBS, or an embedder's own. Its reports carry its name. The primary's confirmation is the
 * show's.
 */
export type Output = {
  readonly name: string
  readonly role: 'primary' | 'backup'
  /** Carries out the latest effect, except its acts; an older one no longer counts. */
  apply(effect: Effect): void
  /** Performs acts, once they are on disk. Resolves when each has succeeded or failed; never rejects. */
  perform(acts: readonly DueAct[]): Promise<void>
  /** Leaves the output as the operator had it. */
  close(): Promise<void>
}
