import type { Obs, Requests } from '../obs.ts'
import { refreshActive, sceneFields } from '../program.ts'
import { Status } from '../protocol.ts'
import { Refusal } from '../refusal.ts'
import { isInput, theItem, theScene } from '../sources.ts'
import type { Item } from '../world.ts'

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
      if (enabled === item.enabled) return undefined
      item.enabled = enabled
      obs.emit('SceneItemEnableStateChanged', {
        ...sceneFields(scene),
        sceneItemId: item.id,
        sceneItemEnabled: enabled,
      })
      refreshActive(obs)
      return undefined
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
