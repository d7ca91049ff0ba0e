import type { Obs, Requests } from '../obs.ts'
import { Status } from '../protocol.ts'
import { pauseRecord, recordDuration, recordIsActive, resumeRecord, startRecord, stopRecord } from '../recording.ts'
import { Refusal } from '../refusal.ts'
import { timecode } from '../timecode.ts'

/** Recording, replay buffer and virtual camera. */
export function outputRequests(obs: Obs): Requests {
  const { world } = obs
  const { record } = world
  const need = (holds: boolean, code: number) => {
    if (!holds) throw new Refusal(code)
  }

  return {
    GetRecordStatus: () => {
      const outputDuration = recordDuration(obs)
      return {
        outputActive: recordIsActive(obs),
        outputPaused: record.phase === 'paused',
        outputTimecode: timecode(outputDuration),
        outputDuration,
        outputBytes: outputDuration * 312,
      }
    },
    StartRecord: () => {
      need(!recordIsActive(obs), Status.outputRunning)
      startRecord(obs)
      return undefined
    },
    StopRecord: () => {
      need(recordIsActive(obs), Status.outputNotRunning)
      stopRecord(obs)
      return { outputPath: record.path }
    },
    ToggleRecord: () => {
      const outputActive = !recordIsActive(obs)
      if (outputActive) startRecord(obs)
      else stopRecord(obs)
      return { outputActive }
    },
    PauseRecord: () => {
      need(record.phase !== 'paused', Status.outputPaused)
      // Without a recording OBS answers with success, and does nothing.
      if (record.phase === 'recording') pauseRecord(obs)
      return undefined
    },
    ResumeRecord: () => {
      need(record.phase === 'paused', Status.outputNotPaused)
      resumeRecord(obs)
      return undefined
    },
    CreateRecordChapter: (fields) => {
      const chapter = fields.has('chapterName') ? fields.string('chapterName') : `Chapter ${record.chapters.length + 1}`
      need(recordIsActive(obs), Status.outputNotRunning)
      record.chapters.push(chapter)
      return undefined
    },
    ...switchedOutput(obs, 'ReplayBuffer', 'replayBuffer'),
    SaveReplayBuffer: () => {
      need(world.replayBuffer, Status.outputNotRunning)
      obs.emit('ReplayBufferSaved', { savedReplayPath: lastReplay })
      return undefined
    },
    GetLastReplayBufferReplay: () => {
      need(world.replayBuffer, Status.outputNotRunning)
      return { savedReplayPath: lastReplay }
    },
    ...switchedOutput(obs, 'VirtualCam', 'virtualCam'),
  }
}

const lastReplay = '/recordings/replay.mkv'

/** An output that is on or off, with nothing in between but its events. */
function switchedOutput(obs: Obs, name: 'ReplayBuffer' | 'VirtualCam', key: 'replayBuffer' | 'virtualCam'): Requests {
  const { world } = obs
  const eventType = name === 'VirtualCam' ? 'VirtualcamStateChanged' : 'ReplayBufferStateChanged'
  const say = (outputActive: boolean, state: string) =>
    obs.emit(eventType, { outputActive, outputState: `OBS_WEBSOCKET_OUTPUT_${state}` })
  const turn = (on: boolean) => {
    if (on === world[key]) throw new Refusal(on ? Status.outputRunning : Status.outputNotRunning)
    world[key] = on
    if (key === 'replayBuffer') say(false, on ? 'STARTING' : 'STOPPING')
    say(on, on ? 'STARTED' : 'STOPPED')
  }
  return {
    [`Get${name}Status`]: () => ({ outputActive: world[key] }),
    [`Start${name}`]: () => {
      turn(true)
      return undefined
    },
    [`Stop${name}`]: () => {
      turn(false)
      return undefined
    },
    [`Toggle${name}`]: () => {
      turn(!world[key])
      return { outputActive: world[key] }
    },
  }
}
