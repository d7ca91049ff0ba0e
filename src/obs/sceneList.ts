import type { Sight } from './known.ts'
import type { ObsReport } from './report.ts'

/** Keeps the list of scenes that this OBS has, and tells each change of it. */
export type SceneList = {
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
  let isReading = false
  let isOutdated = false

  const read = (scenes: readonly string[], always: boolean) => {
    const before = sight.now().scenes
    const isSame = before.length === scenes.length && before.every((scene, index) => scene === scenes[index])
    if (isSame && !always) return
    sight.learn({ scenes })
    send({ type: 'scenes', scenes })
    onChange()
  }

  /** OBS tells one change by several events: they cost one request, or two. */
  const readAgain = async () => {
    isReading = true
    try {
      while (isOutdated) {
        isOutdated = false
        const scenes = await ask()
        if (!isOutdated) read(scenes, false)
      }
    } catch {
      // The link is lost, and everything will be read again.
    } finally {
      isReading = false
    }
  }

  return {
    read,
    renamed: (from, to) => {
      const before = sight.now().scenes
      if (!before.includes(from)) return
      const scenes = before.map((scene) => (scene === from ? to : scene))
      sight.learn({ scenes })
      // First the new name, so that the scene does not seem to be gone.
      send({ type: 'sceneRenamed', from, to })
      send({ type: 'scenes', scenes })
      onChange()
    },
    // Before anything is told of what OBS shows in its place.
    removed: (scene) =>
      read(
        sight.now().scenes.filter((name) => name !== scene),
        false,
      ),
    changed: () => {
      isOutdated = true
      if (!isReading) void readAgain()
    },
  }
}
