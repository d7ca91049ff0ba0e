import type { Obs, Requests } from '../obs.ts'
import { putOnProgram, refreshActive, sceneFields, setStudioMode } from '../program.ts'
import { Status } from '../protocol.ts'
import { Refusal, type RequestFields } from '../requestFields.ts'
import { addScene, removeScene, renameScene, sceneList } from '../scenery.ts'
import { isInput, sourceNamed, theItem, theScene, theTransition } from '../sources.ts'
import type { Item, Scene } from '../world.ts'

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
    },
    CreateScene: (fields) => {
      const name = fields.string('sceneName')
      if (sourceNamed(world, name)) throw alreadyThere('A source already exists by that scene name.')
      // OBS adds it below the scene that the operator works on (before OBS 30, at the very bottom).
      return { sceneUuid: addScene(obs, name, world.preview ?? world.collection.program).uuid }
    },
    RemoveScene: (fields) => {
      const scene = theScene(world, fields)
      if (world.collection.scenes.length < 2) {
        throw new Refusal(Status.notEnoughResources, 'You cannot remove the last scene in the collection.')
      }
      removeScene(obs, scene)
    },
    SetSceneName: (fields) => {
      const scene = theScene(world, fields)
      const name = fields.string('newSceneName')
      if (sourceNamed(world, name)) throw alreadyThere('A source already exists by that new scene name.')
      renameScene(obs, scene, name)
    },
    GetSceneSceneTransitionOverride: (fields) => {
      const { override } = theScene(world, fields)
      return { transitionName: override.name, transitionDuration: override.duration }
    },
    SetSceneSceneTransitionOverride: (fields) => {
      setTransitionOverride(obs, theScene(world, fields), fields)
    },
    GetStudioModeEnabled: () => ({ studioModeEnabled: world.preview !== null }),
    SetStudioModeEnabled: (fields) => {
      setStudioMode(obs, fields.boolean('studioModeEnabled'))
    },
    GetCurrentPreviewScene: () => current('Preview', preview()),
    SetCurrentPreviewScene: (fields) => {
      const before = preview()
      const scene = theScene(world, fields)
      world.preview = scene
      if (scene !== before) obs.emit('CurrentPreviewSceneChanged', sceneFields(scene))
    },
    TriggerStudioModeTransition: () => {
      putOnProgram(obs, preview())
    },
  }
}

/** OBS names the scene twice: in its old fields and in those that other requests have. */
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

export function sceneItemRequests(obs: Obs): Requests {
  const { world } = obs
  return {
    GetSceneItemList: (fields) => ({ sceneItems: theScene(world, fields).items.map(described) }),
    GetSceneItemId: (fields) => {
      const scene = theScene(world, fields)
      const name = fields.string('sourceName')
      const item = scene.items.find(({ source }) => source.name === name)
      if (item) return { sceneItemId: item.id }
      throw new Refusal(
        Status.resourceNotFound,
        'No scene items were found in the specified scene by that name or offset.',
      )
    },
    GetSceneItemEnabled: (fields) => ({ sceneItemEnabled: theItem(world, fields).item.enabled }),
    SetSceneItemEnabled: (fields) => {
      const { scene, item } = theItem(world, fields)
      const enabled = fields.boolean('sceneItemEnabled')
      if (enabled === item.enabled) return
      item.enabled = enabled
      obs.emit('SceneItemEnableStateChanged', {
        ...sceneFields(scene),
        sceneItemId: item.id,
        sceneItemEnabled: enabled,
      })
      refreshActive(obs)
    },
  }
}

function described({ id, source, enabled }: Item, sceneItemIndex: number) {
  return {
    sceneItemId: id,
    sceneItemIndex,
    sceneItemEnabled: enabled,
    sceneItemLocked: false,
    sceneItemBlendMode: 'OBS_BLEND_NORMAL',
    sourceName: source.name,
    sourceUuid: source.uuid,
    sourceType: isInput(source) ? 'OBS_SOURCE_TYPE_INPUT' : 'OBS_SOURCE_TYPE_SCENE',
    inputKind: isInput(source) ? source.kind : null,
    isGroup: isInput(source) ? null : false,
  }
}
