import { fps, type Obs, type Requests } from '../obs.ts'
import { streamDuration } from '../outputs.ts'
import { Status } from '../protocol.ts'
import { found, need, type RequestFields, requestFields } from '../requestFields.ts'
import { sceneFields } from '../sources.ts'
import { type Collection, newCollection } from '../world.ts'

/** The OBS that this one is like. The log must not pass it off as a real one. */
const obsVersion = '30.2.3-simulator'
export const obsWebSocketVersion = '5.5.2'

/** This OBS itself: its collections and profiles, video settings, and the data that clients store in it. */
export function generalRequests(obs: Obs, all: () => Requests): Requests {
  const { world } = obs
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
    BroadcastCustomEvent: (fields) => obs.emit('CustomEvent', fields.object('eventData')),
    GetHotkeyList: () => ({ hotkeys: [...Object.keys(hotkeys), 'OBSBasic.SelectScene'] }),
    TriggerHotkeyByName: (fields) => {
      const name = fields.string('hotkeyName')
      if (name === 'OBSBasic.SelectScene') return
      const request = found(hotkeys[name], Status.resourceNotFound, 'No hotkeys were found by that name.')
      all()[request]?.(requestFields(undefined))
    },
    // Only a batch can sleep, and it does that itself.
    Sleep: () => need(false, Status.unsupportedExecutionType),
    GetSceneCollectionList: () => ({
      currentSceneCollectionName: world.collection.name,
      sceneCollections: collectionNames(obs),
    }),
    SetCurrentSceneCollection: (fields) => {
      const name = fields.string('sceneCollectionName')
      const collection = found(
        world.collections.find((one) => one.name === name),
        Status.resourceNotFound,
      )
      if (collection === world.collection) return
      loadCollection(obs, collection)
      obs.emit('CurrentSceneCollectionChanged', { sceneCollectionName: name })
    },
    CreateSceneCollection: (fields) => {
      const name = fields.string('sceneCollectionName')
      need(!world.collections.some((one) => one.name === name), Status.resourceAlreadyExists)
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

function slotOf(fields: RequestFields): string {
  const realm = fields.string('realm')
  const slot = fields.string('slotName')
  const isRealm = realm === 'OBS_WEBSOCKET_DATA_REALM_GLOBAL' || realm === 'OBS_WEBSOCKET_DATA_REALM_PROFILE'
  need(isRealm, Status.resourceNotFound, 'You have specified an invalid persistent data realm.')
  return `${realm}/${slot}`
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
