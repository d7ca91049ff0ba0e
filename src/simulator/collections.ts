import type { Obs } from './obs.ts'
import { sceneFields } from './program.ts'
import type { Collection } from './world.ts'

/** A collection is loaded: for a moment there are no scenes, then all of the other's, and its program is on without a transition. */
export function loadCollection(obs: Obs, next: Collection): void {
  const { world } = obs
  obs.emit('CurrentSceneCollectionChanging', { sceneCollectionName: world.collection.name })
  for (const scene of world.collection.scenes) obs.emit('SceneRemoved', { ...sceneFields(scene), isGroup: false })
  world.running?.forgetEnd()
  world.running = null
  for (const input of world.active) input.media?.forgetEnd()
  world.active = new Set()
  world.collection = next
  world.onAir = next.program
  if (world.preview) world.preview = next.program
  for (const scene of next.scenes) obs.emit('SceneCreated', { ...sceneFields(scene), isGroup: false })
  obs.emit('CurrentProgramSceneChanged', sceneFields(next.program))
}

export const collectionNames = (obs: Obs): string[] => obs.world.collections.map(({ name }) => name).sort()
