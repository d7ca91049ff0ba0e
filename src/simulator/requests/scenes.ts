import type { Obs, Requests } from '../obs.ts'
import { putOnProgram, sceneFields, setStudioMode } from '../program.ts'
import { Status } from '../protocol.ts'
import { Refusal } from '../refusal.ts'
import type { RequestFields } from '../requestFields.ts'
import { addScene, removeScene, renameScene, sceneList } from '../scenery.ts'
import { sourceNamed, theScene, theTransition } from '../sources.ts'
import type { Scene } from '../world.ts'

export function sceneRequests(obs: Obs): Requests {
  const { world } = obs
  const preview = (): Scene => {
    if (world.preview) return world.preview
    throw new Refusal(Status.studioModeNotActive)
  }

  return {
    GetSceneList: () => ({
      currentProgramSceneName: world.collection.program.name,
      currentProgramSceneUuid: world.collection.program.uuid,
      currentPreviewSceneName: world.preview?.name ?? null,
      currentPreviewSceneUuid: world.preview?.uuid ?? null,
      scenes: sceneList(world.collection),
    }),
    GetGroupList: () => ({ groups: [] }),
    GetCurrentProgramScene: () => current('Program', world.collection.program),
    SetCurrentProgramScene: (fields) => {
      putOnProgram(obs, theScene(world, fields))
      return undefined
    },
    CreateScene: (fields) => {
      const name = fields.string('sceneName')
      if (sourceNamed(world, name)) throw alreadyThere('A source already exists by that scene name.')
      // OBS puts it below the one that the operator works on (at the very bottom before OBS 30).
      return { sceneUuid: addScene(obs, name, world.preview ?? world.collection.program).uuid }
    },
    RemoveScene: (fields) => {
      const scene = theScene(world, fields)
      if (world.collection.scenes.length < 2) {
        throw new Refusal(Status.notEnoughResources, 'You cannot remove the last scene in the collection.')
      }
      removeScene(obs, scene)
      return undefined
    },
    SetSceneName: (fields) => {
      const scene = theScene(world, fields)
      const name = fields.string('newSceneName')
      if (sourceNamed(world, name)) throw alreadyThere('A source already exists by that new scene name.')
      renameScene(obs, scene, name)
      return undefined
    },
    GetSceneSceneTransitionOverride: (fields) => {
      const { override } = theScene(world, fields)
      return { transitionName: override.name, transitionDuration: override.duration }
    },
    SetSceneSceneTransitionOverride: (fields) => {
      setTransitionOverride(obs, theScene(world, fields), fields)
      return undefined
    },
    GetStudioModeEnabled: () => ({ studioModeEnabled: world.preview !== null }),
    SetStudioModeEnabled: (fields) => {
      setStudioMode(obs, fields.boolean('studioModeEnabled'))
      return undefined
    },
    GetCurrentPreviewScene: () => current('Preview', preview()),
    SetCurrentPreviewScene: (fields) => {
      const before = preview()
      const scene = theScene(world, fields)
      world.preview = scene
      if (scene !== before) obs.emit('CurrentPreviewSceneChanged', sceneFields(scene))
      return undefined
    },
    TriggerStudioModeTransition: () => {
      putOnProgram(obs, preview())
      return undefined
    },
  }
}

/** OBS names the scene twice: as of old, and as everywhere else. */
function current(which: 'Program' | 'Preview', { name, uuid }: Scene) {
  return {
    sceneName: name,
    sceneUuid: uuid,
    [`current${which}SceneName`]: name,
    [`current${which}SceneUuid`]: uuid,
  }
}

function setTransitionOverride({ world }: Obs, scene: Scene, fields: RequestFields): void {
  if (fields.has('transitionName')) theTransition(world, fields.string('transitionName'))
  if (fields.has('transitionDuration')) fields.number('transitionDuration', 50, 20000)
  if (!fields.given('transitionName') && !fields.given('transitionDuration')) {
    throw new Refusal(
      Status.missingRequestField,
      'Your request data must include either `transitionName` or `transitionDuration`.',
    )
  }
  if (fields.given('transitionName')) {
    scene.override.name = fields.has('transitionName') ? fields.string('transitionName') : null
  }
  if (fields.given('transitionDuration')) {
    scene.override.duration = fields.has('transitionDuration') ? fields.number('transitionDuration') : null
  }
}

const alreadyThere = (comment: string) => new Refusal(Status.resourceAlreadyExists, comment)
