import type { State } from '../../schedule/model/schedule.ts'
import type { ObsReport } from '../link/report.ts'
import type { Sight } from './known.ts'

/** Keeps the list of scenes that this OBS has, and tells each change of it. */
export type SceneList = {
  /** OBS is being read: what changes meanwhile is not told, it only makes the reading worthless. */
  beginReading(): void
  /** Whether the scenes have changed since. */
  readonly isOutdated: boolean
  /** What a reading says. `always`: told even if it is the same, as after a connect. */
  read(scenes: readonly string[], always: boolean): void
  renamed(from: string, to: string): void
  removed(scene: string): void
  /** Something has changed: it is read again. */
  changed(): void
}

export type SceneListPort = {
  readonly sight: Sight
  send(event: ObsReport): void
  ask(): Promise<readonly string[]>
  onChange(): void
}

export function createSceneList({ sight, send, ask, onChange }: SceneListPort): SceneList {
  let isBeingRead = false
  let isReadingAgain = false
  let isOutdated = false

  const tell = (scenes: readonly string[], always: boolean) => {
    const before = sight.now().scenes
    const isSame = before.length === scenes.length && before.every((scene, index) => scene === scenes[index])
    if (isSame && !always) return
    sight.learn({ scenes })
    send({ type: 'scenes', scenes })
    onChange()
  }

  /** OBS tells one change by several events: they cost one request, or two. */
  const readAgain = async () => {
    isReadingAgain = true
    try {
      while (isOutdated && !isBeingRead) {
        isOutdated = false
        const scenes = await ask()
        if (!isOutdated && !isBeingRead) tell(scenes, false)
      }
    } catch {
      // The link is lost, and everything will be read again.
    } finally {
      isReadingAgain = false
    }
  }

  return {
    beginReading: () => {
      isBeingRead = true
      isOutdated = false
    },
    get isOutdated() {
      return isOutdated
    },
    read: (scenes, always) => {
      isBeingRead = false
      tell(scenes, always)
    },
    renamed: (from, to) => {
      isOutdated ||= isBeingRead
      const { scenes: before, states } = sight.now()
      if (!before.includes(from)) return
      const scenes = before.map((scene) => (scene === from ? to : scene))
      sight.learn({ scenes, states: states.map((sent) => ({ ...sent, state: followed(sent.state, from, to) })) })
      // First the new name, so that the scene does not seem to be gone.
      send({ type: 'sceneRenamed', from, to })
      send({ type: 'scenes', scenes })
      onChange()
    },
    // Before anything is told of what OBS shows in its place.
    removed: (scene) => {
      isOutdated ||= isBeingRead
      tell(
        sight.now().scenes.filter((name) => name !== scene),
        false,
      )
    },
    changed: () => {
      isOutdated = true
      if (!isReadingAgain && !isBeingRead) void readAgain()
    },
  }
}

const followed = (state: State, from: string, to: string): State =>
  state.kind === 'item' && state.scene === from ? { ...state, scene: to } : state
