import type { Millis } from '../../time/clock.ts'
import { formatClockDuration } from '../../time/duration.ts'
import { fps, type Obs, type Requests } from '../obs.ts'
import {
  recordDuration,
  recordIsActive,
  setRecordPhase,
  startRecord,
  startStream,
  stopRecord,
  stopStream,
  streamDuration,
  streamIsActive,
} from '../outputs.ts'
import { type Fields, Status } from '../protocol.ts'
import { need } from '../requestFields.ts'

/** The stream, the recording, the replay buffer and the virtual camera. */
export function outputRequests(obs: Obs): Requests {
  const { world } = obs
  const { record } = world
  return {
    ...output('Stream', {
      isActive: () => streamIsActive(obs),
      start: () => startStream(obs),
      stop: () => stopStream(obs),
      status: () => ({
        ...progress(streamDuration(obs)),
        outputReconnecting: world.stream.phase === 'reconnecting',
        outputCongestion: 0,
        outputSkippedFrames: 0,
        outputTotalFrames: Math.floor((streamDuration(obs) * fps) / 1000),
      }),
    }),
    GetStreamServiceSettings: () => ({
      streamServiceType: 'rtmp_custom',
      streamServiceSettings: { server: 'rtmp://127.0.0.1/live', key: 'simulator' },
    }),
    ...output('Record', {
      isActive: () => recordIsActive(obs),
      start: () => startRecord(obs),
      stop: () => {
        stopRecord(obs)
        return { outputPath: record.path }
      },
      status: () => ({ ...progress(recordDuration(obs)), outputPaused: record.phase === 'paused' }),
    }),
    PauseRecord: () => {
      need(record.phase !== 'paused', Status.outputPaused)
      // Without a recording, OBS does nothing and answers with success.
      if (record.phase === 'recording') setRecordPhase(obs, 'paused')
    },
    ResumeRecord: () => {
      need(record.phase === 'paused', Status.outputNotPaused)
      setRecordPhase(obs, 'recording')
    },
    CreateRecordChapter: (fields) => {
      const chapter = fields.has('chapterName') ? fields.string('chapterName') : `Chapter ${record.chapters.length + 1}`
      need(recordIsActive(obs), Status.outputNotRunning)
      record.chapters.push(chapter)
    },
    ...output('ReplayBuffer', instantOutput(obs, 'replayBuffer')),
    SaveReplayBuffer: () => {
      need(world.replayBuffer, Status.outputNotRunning)
      obs.emit('ReplayBufferSaved', { savedReplayPath: lastReplay })
    },
    GetLastReplayBufferReplay: () => {
      need(world.replayBuffer, Status.outputNotRunning)
      return { savedReplayPath: lastReplay }
    },
    ...output('VirtualCam', instantOutput(obs, 'virtualCam')),
  }
}

const lastReplay = '/recordings/replay.mkv'

type Output = {
  isActive(): boolean
  start(): void
  readonly stop: Requests[string]
  readonly status?: () => Fields
}

/** The requests that every output has. */
function output(name: string, { isActive, start, stop, status = () => ({}) }: Output): Requests {
  return {
    [`Get${name}Status`]: () => ({ outputActive: isActive(), ...status() }),
    [`Start${name}`]: () => {
      need(!isActive(), Status.outputRunning)
      start()
    },
    [`Stop${name}`]: (fields) => {
      need(isActive(), Status.outputNotRunning)
      return stop(fields)
    },
    [`Toggle${name}`]: (fields) => {
      const outputActive = !isActive()
      if (outputActive) start()
      else stop(fields)
      return { outputActive }
    },
  }
}

/** The replay buffer and the virtual camera switch on and off at once. Only the replay buffer announces it. */
function instantOutput(obs: Obs, key: 'replayBuffer' | 'virtualCam'): Output {
  const eventType = key === 'virtualCam' ? 'VirtualcamStateChanged' : 'ReplayBufferStateChanged'
  const say = (outputActive: boolean, state: string) =>
    obs.emit(eventType, { outputActive, outputState: `OBS_WEBSOCKET_OUTPUT_${state}` })
  const turn = (on: boolean) => {
    obs.world[key] = on
    if (key === 'replayBuffer') say(false, on ? 'STARTING' : 'STOPPING')
    say(on, on ? 'STARTED' : 'STOPPED')
  }
  return { isActive: () => obs.world[key], start: () => turn(true), stop: () => turn(false) }
}

const progress = (outputDuration: Millis) => ({
  outputTimecode: timecode(outputDuration),
  outputDuration,
  outputBytes: outputDuration * 312,
})

/** How OBS writes the time for which an output has been running: `01:02:03.004`. */
function timecode(length: Millis): string {
  return `${formatClockDuration(length)}${length % 1000 === 0 ? '.000' : ''}`
}
