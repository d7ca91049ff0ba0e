import type { Clock, Instant, Millis } from '../../time/clock.ts'
import type { Sight } from './known.ts'

/** What the watch needs: `look` reads the program scene back, and rejects when it can't. */
export type WatchPort = {
  readonly clock: Clock
  readonly sight: Sight
  look(reason: string): Promise<string>
  /** OBS has named the scene that was asked for. */
  onNamed(scene: string, sentAt: Instant, at: Instant): void
  /** OBS shows a scene that no take of ours caused. */
  onSeen(scene: string, by: 'operator' | 'obs', at: Instant): void
}

/**
 * Tells the program changes that follow from our takes, those that an operator made, and those that mean nothing apart. OBS
 * announces a program scene at the end of its transition, in studio mode also when nothing has changed; so an announcement that
 * no take of ours explains is only a reason to look.
 */
export type ProgramWatch = {
  /** Everything was read again. */
  begin(seen: { readonly studioMode: boolean; readonly transitionRuns: boolean }): void
  /** A scene is being set: what is announced from now on may be its doing. */
  sceneSent(): void
  /** OBS has refused it, or dropped it, so nothing follows. */
  sceneRefused(): void
  transitionStarted(): void
  transitionEnded(): void
  programChanged(scene: string): void
  studioModeChanged(enabled: boolean): void
  sceneCreated(scene: string): void
  sceneRemoved(scene: string): void
  sceneRenamed(from: string, to: string): void
  /** While a collection loads, OBS announces scenes that mean nothing. */
  suspend(): void
  readonly studioMode: boolean
  /** Since when a transition runs; null: none does. */
  readonly runsSince: Instant | null
  /** A scene was set, and the transition to it has not been announced yet: OBS may answer 50 ms before. */
  readonly isTransitionDue: boolean
  /**
   * Whether what OBS says of the scene that was set can be believed. In studio mode it drops a scene at times, also without a
   * running transition (seen on 30.2), and names it all the same; then no transition begins.
   */
  readonly isCredible: boolean
}

/** Switching studio mode off announces the preview scene, then the program: 45 ms apart on OBS 29. */
const SETTLE: Millis = 250
/** That the scene on air was removed may be announced a moment after what OBS shows in its place. */
const REMOVAL_IS_TOLD_WITHIN: Millis = 100
/** OBS says that a transition has begun within a frame or two of the request. */
const TRANSITION_BEGINS_WITHIN: Millis = 1000

export function createProgramWatch({ clock, sight, look, onNamed, onSeen }: WatchPort): ProgramWatch {
  let studioMode = false
  let runsSince: Instant | null = null
  let hasBegun = true
  /** For each of our own takes whose transition has not begun yet: how long it may still do so. */
  let owed: readonly Instant[] = []
  /** Grows with all that makes a look in progress worthless. */
  let epoch = 0
  let isSuspended = false
  let isExplained = false
  const removed = new Set<string>()

  /** Without a transition that has begun, an announcement often means nothing: what follows has the last word. */
  const suspect = (at: Instant, why: 'transition' | 'announcement') => {
    const mine = epoch
    const judge = async () => {
      const scene = await look('OBS may have been switched by somebody else')
      const { program, asked } = sight.now()
      if (mine !== epoch || isSuspended || asked !== null || scene === program) return
      sight.learn({ program: scene })
      const isStudioMode = why === 'announcement' && isExplained
      const by = isStudioMode || (program !== null && removed.has(program)) ? 'obs' : 'operator'
      onSeen(scene, by, at)
    }
    // A look that fails means that the link is lost, and then everything is read again.
    clock.setTimer(
      at + (why === 'transition' ? REMOVAL_IS_TOLD_WITHIN : SETTLE),
      () => void judge().catch(() => undefined),
    )
  }

  return {
    begin: (seen) => {
      epoch += 1
      studioMode = seen.studioMode
      runsSince = seen.transitionRuns ? clock.now() : null
      owed = []
      hasBegun = true
      isSuspended = false
      isExplained = false
      removed.clear()
    },
    sceneSent: () => {
      epoch += 1
      hasBegun = false
      owed = [...owed, clock.now() + TRANSITION_BEGINS_WITHIN]
    },
    sceneRefused: () => {
      owed = owed.slice(0, -1)
    },
    transitionStarted: () => {
      hasBegun = true
      runsSince = clock.now()
      owed = owed.filter((until) => until >= clock.now())
      owed = owed.slice(1)
      // It may still be the one of a take of ours that was confirmed before: OBS knows.
      if (!isSuspended && sight.now().asked === null) suspect(clock.now(), 'transition')
    },
    transitionEnded: () => {
      runsSince = null
    },
    programChanged: (scene) => {
      if (isSuspended) return
      const { program, asked } = sight.now()
      if (asked?.scene === scene) {
        if (studioMode && !hasBegun) return
        sight.learn({ program: scene, asked: null })
        onNamed(scene, asked.sentAt, clock.now())
      } else if (asked === null && scene !== program) {
        suspect(clock.now(), runsSince === null ? 'announcement' : 'transition')
      }
    },
    studioModeChanged: (enabled) => {
      studioMode = enabled
      isExplained = true
      clock.setTimer(clock.now() + SETTLE, () => {
        isExplained = false
      })
    },
    sceneCreated: (scene) => {
      removed.delete(scene)
    },
    sceneRemoved: (scene) => {
      removed.add(scene)
    },
    sceneRenamed: (from, to) => {
      const { program, asked } = sight.now()
      if (program === from) sight.learn({ program: to })
      if (asked?.scene === from) sight.learn({ asked: { ...asked, scene: to } })
    },
    suspend: () => {
      isSuspended = true
      epoch += 1
    },
    get studioMode() {
      return studioMode
    },
    get runsSince() {
      return runsSince
    },
    get isTransitionDue() {
      return owed.some((until) => until >= clock.now())
    },
    get isCredible() {
      return hasBegun || !studioMode
    },
  }
}
