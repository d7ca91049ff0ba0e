import { fps, type Obs, type Requests } from '../obs.ts'
import { sceneFields } from '../program.ts'
import { Status } from '../protocol.ts'
import { Refusal, type RequestFields, requestFields } from '../requestFields.ts'
import { streamDuration } from '../streaming.ts'
import { type Collection, newCollection } from '../world.ts'

/** The OBS that this one is like. The log must not pass it off as a real one. */
const obsVersion = '30.2.3-simulator'
export const obsWebSocketVersion = '5.5.2'

export function generalRequests(obs: Obs, all: () => Requests): Requests {
  return {
    GetVersion: () => ({
      obsVersion,
      obsWebSocketVersion,
      rpcVersion: 1,
      availableRequests: Object.keys(all()),
      supportedImageFormats: ['png', 'jpg'],
      platform: 'simulator',
      platformDescription: 'Simulator of stream-orchestrator',
    }),
    GetStats: () => ({
      cpuUsage: 1,
      memoryUsage: 200,
      availableDiskSpace: 100_000,
      activeFps: fps,
      averageFrameRenderTime: 1,
      renderSkippedFrames: 0,
      renderTotalFrames: obs.framesRendered(),
      outputSkippedFrames: 0,
      outputTotalFrames: Math.floor((streamDuration(obs) * fps) / 1000),
      webSocketSessionIncomingMessages: 0,
      webSocketSessionOutgoingMessages: 0,
    }),
    BroadcastCustomEvent: (fields) => {
      obs.emit('CustomEvent', fields.object('eventData'))
    },
    GetHotkeyList: () => ({ hotkeys: [...Object.keys(hotkeys), 'OBSBasic.SelectScene'] }),
    TriggerHotkeyByName: (fields) => {
      const name = fields.string('hotkeyName')
      const request = hotkeys[name]
      if (request) all()[request]?.(requestFields(undefined))
      else if (name !== 'OBSBasic.SelectScene') {
        throw new Refusal(Status.resourceNotFound, 'No hotkeys were found by that name.')
      }
    },
    // Only a batch can sleep, and it does that itself.
    Sleep: () => {
      throw new Refusal(Status.unsupportedExecutionType)
    },
  }
}

/** The requests that do the same as these hotkeys of OBS. */
const hotkeys: Readonly<Record<string, string>> = {
  'OBSBasic.StartStreaming': 'StartStream',
  'OBSBasic.StopStreaming': 'StopStream',
  'OBSBasic.StartRecording': 'StartRecord',
  'OBSBasic.StopRecording': 'StopRecord',
  'OBSBasic.PauseRecording': 'PauseRecord',
  'OBSBasic.UnpauseRecording': 'ResumeRecord',
  'OBSBasic.StartReplayBuffer': 'StartReplayBuffer',
  'OBSBasic.StopReplayBuffer': 'StopReplayBuffer',
  'OBSBasic.Transition': 'TriggerStudioModeTransition',
}

/** Scene collections, profiles, video settings, and the data that clients store in OBS. */
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
      if (collection === world.collection) return
      loadCollection(obs, collection)
      obs.emit('CurrentSceneCollectionChanged', { sceneCollectionName: name })
    },
    CreateSceneCollection: (fields) => {
      const name = fields.string('sceneCollectionName')
      if (world.collections.some((one) => one.name === name)) throw new Refusal(Status.resourceAlreadyExists)
      const collection = newCollection(name, ['Scene'], world.collection.transitions)
      world.collections.push(collection)
      loadCollection(obs, collection)
      obs.emit('SceneCollectionListChanged', { sceneCollections: collectionNames(obs) })
      obs.emit('CurrentSceneCollectionChanged', { sceneCollectionName: name })
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

/** For a moment there are no scenes. Then the new collection's scenes come, and its program is on without a transition. */
function loadCollection(obs: Obs, next: Collection): void {
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

const collectionNames = (obs: Obs): string[] => obs.world.collections.map(({ name }) => name).sort()
