import type { Obs, Requests } from '../obs.ts'
import { putOnProgram, refreshActive, setStudioMode } from '../program.ts'
import { Status } from '../protocol.ts'
import { found, need } from '../requestFields.ts'
import { addScene, removeScene, renameScene, sceneList } from '../scenery.ts'
import { isInput, sceneFields, sourceNamed, theItem, theScene, theTransition } from '../sources.ts'
import type { Item, Scene } from '../world.ts'

/** Scenes, what is in them, and studio mode. */
export function sceneRequests(obs: Obs): Requests {
  const { world } = obs
  const unused = (name: string, comment: string) =>
    need(sourceNamed(world, name) === undefined, Status.resourceAlreadyExists, comment)
  const preview = () => found(world.preview, Status.studioModeNotActive)

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
    SetCurrentProgramScene: (fields) => putOnProgram(obs, theScene(world, fields)),
    CreateScene: (fields) => {
      const name = fields.string('sceneName')
      unused(name, 'A source already exists by that scene name.')
      // OBS adds it below the scene that the operator works on (before OBS 30, at the very bottom).
      return { sceneUuid: addScene(obs, name, world.preview ?? world.collection.program).uuid }
    },
    RemoveScene: (fields) => {
      const scene = theScene(world, fields)
      const isLast = world.collection.scenes.length < 2
      need(!isLast, Status.notEnoughResources, 'You cannot remove the last scene in the collection.')
      removeScene(obs, scene)
    },
    SetSceneName: (fields) => {
      const scene = theScene(world, fields)
      const name = fields.string('newSceneName')
      unused(name, 'A source already exists by that new scene name.')
      renameScene(obs, scene, name)
    },
    GetSceneSceneTransitionOverride: (fields) => {
      const { override } = theScene(world, fields)
      return { transitionName: override.name, transitionDuration: override.duration }
    },
    SetSceneSceneTransitionOverride: (fields) => {
      const { override } = theScene(world, fields)
      const name = fields.has('transitionName') ? fields.string('transitionName') : null
      if (name !== null) theTransition(world, name)
      const duration = fields.has('transitionDuration') ? fields.number('transitionDuration', 50, 20000) : null
      const [isNamed, isTimed] = [fields.given('transitionName'), fields.given('transitionDuration')]
      const comment = 'Your request data must include either `transitionName` or `transitionDuration`.'
      need(isNamed || isTimed, Status.missingRequestField, comment)
      if (isNamed) override.name = name
      if (isTimed) override.duration = duration
    },
    GetStudioModeEnabled: () => ({ studioModeEnabled: world.preview !== null }),
    SetStudioModeEnabled: (fields) => setStudioMode(obs, fields.boolean('studioModeEnabled')),
    GetCurrentPreviewScene: () => current('Preview', preview()),
    SetCurrentPreviewScene: (fields) => {
      const before = preview()
      const scene = theScene(world, fields)
      world.preview = scene
      if (scene !== before) obs.emit('CurrentPreviewSceneChanged', sceneFields(scene))
    },
    TriggerStudioModeTransition: () => putOnProgram(obs, preview()),
    GetSceneItemList: (fields) => ({ sceneItems: theScene(world, fields).items.map(described) }),
    GetSceneItemId: (fields) => {
      const scene = theScene(world, fields)
      const name = fields.string('sourceName')
      const item = scene.items.find(({ source }) => source.name === name)
      const comment = 'No scene items were found in the specified scene by that name or offset.'
      return { sceneItemId: found(item, Status.resourceNotFound, comment).id }
    },
    GetSceneItemEnabled: (fields) => ({ sceneItemEnabled: theItem(world, fields).item.enabled }),
    SetSceneItemEnabled: (fields) => {
      const { scene, item } = theItem(world, fields)
      const enabled = fields.boolean('sceneItemEnabled')
      if (enabled === item.enabled) return
      item.enabled = enabled
      const changed = { sceneItemId: item.id, sceneItemEnabled: enabled }
      obs.emit('SceneItemEnableStateChanged', { ...sceneFields(scene), ...changed })
      refreshActive(obs)
    },
  }
}

/** OBS names the scene twice: in its old fields and in those that other requests have. */
function current(which: 'Program' | 'Preview', scene: Scene) {
  return { ...sceneFields(scene), [`current${which}SceneName`]: scene.name, [`current${which}SceneUuid`]: scene.uuid }
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
