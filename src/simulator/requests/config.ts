import { collectionNames, loadCollection } from '../collections.ts'
import { fps, type Obs, type Requests } from '../obs.ts'
import { Status } from '../protocol.ts'
import { Refusal } from '../refusal.ts'
import type { RequestFields } from '../requestFields.ts'
import { newCollection } from '../world.ts'

/** Scene collections, profiles, video settings, and what clients keep in OBS. */
export function configRequests(obs: Obs): Requests {
  const { world } = obs
  return {
    GetSceneCollectionList: () => ({
      currentSceneCollectionName: world.collection.name,
      sceneCollections: collectionNames(obs),
    }),
    SetCurrentSceneCollection: (fields) => {
      const name = fields.string('sceneCollectionName')
      const collection = world.collections.find((one) => one.name === name)
      if (!collection) throw new Refusal(Status.resourceNotFound)
      if (collection === world.collection) return undefined
      loadCollection(obs, collection)
      obs.emit('CurrentSceneCollectionChanged', { sceneCollectionName: name })
      return undefined
    },
    CreateSceneCollection: (fields) => {
      const name = fields.string('sceneCollectionName')
      if (world.collections.some((one) => one.name === name)) throw new Refusal(Status.resourceAlreadyExists)
      const collection = newCollection(name, ['Scene'], world.collection.transitions)
      world.collections.push(collection)
      loadCollection(obs, collection)
      obs.emit('SceneCollectionListChanged', { sceneCollections: collectionNames(obs) })
      obs.emit('CurrentSceneCollectionChanged', { sceneCollectionName: name })
      return undefined
    },
    GetProfileList: () => ({ currentProfileName: 'Untitled', profiles: ['Untitled'] }),
    GetVideoSettings: () => ({
      fpsNumerator: fps,
      fpsDenominator: 1,
      baseWidth: 1280,
      baseHeight: 720,
      outputWidth: 1280,
      outputHeight: 720,
    }),
    GetPersistentData: (fields) => ({ slotValue: world.persistent.get(slotOf(fields)) ?? null }),
    SetPersistentData: (fields) => {
      world.persistent.set(slotOf(fields), fields.value('slotValue'))
      return undefined
    },
  }
}

function slotOf(fields: RequestFields): string {
  const realm = fields.string('realm')
  const slot = fields.string('slotName')
  if (realm === 'OBS_WEBSOCKET_DATA_REALM_GLOBAL' || realm === 'OBS_WEBSOCKET_DATA_REALM_PROFILE') {
    return `${realm}/${slot}`
  }
  throw new Refusal(Status.resourceNotFound, 'You have specified an invalid persistent data realm.')
}
