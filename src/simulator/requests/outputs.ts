import type { Millis } from '../../time/clock.ts'
import { fps, type Obs, type Requests } from '../obs.ts'
import { Status } from '../protocol.ts'
import { pauseRecord, recordDuration, recordIsActive, resumeRecord, startRecord, stopRecord } from '../recording.ts'
import { Refusal } from '../requestFields.ts'
import { startStream, stopStream, streamDuration, streamIsActive } from '../streaming.ts'

/** The stream, the recording, the replay buffer and the virtual camera. */
export function outputRequests(obs: Obs): Requests {
  const { world } = obs
  const { record } = world
  return {
    GetStreamStatus: () => {
      const outputDuration = streamDuration(obs)
      return {
        outputActive: streamIsActive(obs),
        outputReconnecting: world.stream.phase === 'reconnecting',
        outputTimecode: timecode(outputDuration),
        outputDuration,
        outputCongestion: 0,
        outputBytes: outputDuration * 312,
        outputSkippedFrames: 0,
        outputTotalFrames: Math.floor((outputDuration * fps) / 1000),
      }
    },
    StartStream: () => {
      need(!streamIsActive(obs), Status.outputRunning)
      startStream(obs)
    },
    StopStream: () => {
      need(streamIsActive(obs), Status.outputNotRunning)
      stopStream(obs)
    },
    ToggleStream: () => {
      const outputActive = !streamIsActive(obs)
      if (outputActive) startStream(obs)
      else stopStream(obs)
      return { outputActive }
    },
    GetStreamServiceSettings: () => ({
      streamServiceType: 'rtmp_custom',
      streamServiceSettings: { server: 'rtmp://127.0.0.1/live', key: 'simulator' },
    }),
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
      // Without a recording, OBS does nothing but answers with success.
      if (record.phase === 'recording') pauseRecord(obs)
    },
    ResumeRecord: () => {
      need(record.phase === 'paused', Status.outputNotPaused)
      resumeRecord(obs)
    },
    CreateRecordChapter: (fields) => {
      const chapter = fields.has('chapterName') ? fields.string('chapterName') : `Chapter ${record.chapters.length + 1}`
      need(recordIsActive(obs), Status.outputNotRunning)
      record.chapters.push(chapter)
    },
    ...switchedOutput(obs, 'ReplayBuffer', 'replayBuffer'),
    SaveReplayBuffer: () => {
      need(world.replayBuffer, Status.outputNotRunning)
      obs.emit('ReplayBufferSaved', { savedReplayPath: lastReplay })
    },
    GetLastReplayBufferReplay: () => {
      need(world.replayBuffer, Status.outputNotRunning)
      return { savedReplayPath: lastReplay }
    },
    ...switchedOutput(obs, 'VirtualCam', 'virtualCam'),
  }
}

const lastReplay = '/recordings/replay.mkv'

/** An output that switches on and off at once. */
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
    },
    [`Stop${name}`]: () => {
      turn(false)
    },
    [`Toggle${name}`]: () => {
      turn(!world[key])
      return { outputActive: world[key] }
    },
  }
}

function need(holds: boolean, code: number): void {
  if (!holds) throw new Refusal(code)
}

/** How OBS writes the time for which an output has been running: `01:02:03.004`. */
function timecode(length: Millis): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = length / 1000
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(length % 1000).padStart(3, '0')}`
}
