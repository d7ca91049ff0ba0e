import type { Instant } from '../../time/clock.ts'
import { type Checkpoint, restore } from './checkpoint.ts'
import { type Core, createCore, type Heard } from './core.ts'
import { type Cause, playedUpTo } from './input.ts'
import { parse } from './parse.ts'
import type { Snapshot } from './snapshot.ts'
import { changedFields } from './view.ts'

/** The effect of an event: the part of a journal line that a replay must reproduce. */
export type Replayed = { readonly seq: number; readonly type: string; readonly changed: Partial<Snapshot> }

export type Replay = {
  /** Runs one recorded event again, or returns the next change that came by itself on the way to it. Null if nothing changed. */
  play(event: Cause, at: Instant): Replayed | null
}

/** Replays recorded events, in their order, from a checkpoint. */
export function createReplay(checkpoint: Checkpoint, seq: number): Replay {
  const heard: Heard[] = []
  const { context, mode } = restore(checkpoint)
  const core = createCore(context, (event) => heard.push(event), { mode, seq })

  return {
    play(event, at) {
      if (heard.length === 0) tell(core, event, at)
      const next = heard.shift()
      if (next === undefined) return null
      return { seq: next.after.seq, type: next.cause.type, changed: changedFields(next.before, next.after) }
    },
  }
}

/** Hands a recorded event to the core as the orchestrator did. */
export function tell(core: Core, event: Cause, at: Instant): void {
  const parsed = isDue(event) ? null : parse(event, at)
  if (parsed !== null && 'input' in parsed) {
    core.playTo(playedUpTo(parsed.input))
    core.judge(parsed.input, event)
  } else {
    // It comes by itself, or it couldn't be read, so the core never got it.
    core.playTo(at)
  }
}

const isDue = (event: Cause): event is Extract<Cause, { readonly type: `due.${string}` }> =>
  event.type.startsWith('due.')
