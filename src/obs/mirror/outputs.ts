import type { RecordingPhase, StreamPhase } from '../../orchestrator/core/events.ts'
import type { Clock, Millis } from '../../time/clock.ts'
import type { ObsReport } from '../link/report.ts'
import { recordingPhase, streamPhase } from './streamStatus.ts'

export type StreamReading = { readonly phase: StreamPhase; readonly lasts: Millis | null }

/** Tells each change of the stream and of the recording once. */
export type Outputs = {
  streamChanged(outputState: string): void
  recordingChanged(outputState: string): void
  /** What OBS says of itself from now on counts, unless an event says something else meanwhile. */
  beginReading(): void
  read(stream: StreamReading, recording: RecordingPhase): void
  close(): void
}

export type OutputsPort = {
  readonly clock: Clock
  send(event: ObsReport): void
  askStream(): Promise<StreamReading>
}

/** Right after the end of a stream GetStreamStatus can still say that it runs, and no event comes any more. */
const SECOND_LOOK_AFTER: Millis = 2000

export function createOutputs({ clock, send, askStream }: OutputsPort): Outputs {
  let stream: StreamPhase | null = null
  let recording: RecordingPhase | null = null
  let isStreamOvertaken = false
  let isRecordingOvertaken = false
  let disarm = () => {}

  const tellStream = (phase: StreamPhase, lasts: Millis | null) => {
    if (phase === stream) return
    stream = phase
    const since = lasts === null ? {} : { since: clock.now() - Math.round(lasts) }
    send({ type: 'updateStreamStatus', phase, ...since })
  }
  const tellRecording = (phase: RecordingPhase) => {
    if (phase === recording) return
    recording = phase
    send({ type: 'recording', phase })
  }
  const secondLook = async () => {
    const { phase, lasts } = await askStream()
    if (!isStreamOvertaken) tellStream(phase, lasts)
  }

  return {
    streamChanged: (outputState) => {
      isStreamOvertaken = true
      const phase = streamPhase(outputState)
      if (phase !== null) tellStream(phase, null)
    },
    recordingChanged: (outputState) => {
      const phase = recordingPhase(outputState)
      if (phase === null) return
      isRecordingOvertaken = true
      tellRecording(phase)
    },
    beginReading: () => {
      isStreamOvertaken = false
      isRecordingOvertaken = false
    },
    read: ({ phase, lasts }, recordingNow) => {
      if (!isStreamOvertaken) tellStream(phase, lasts)
      if (!isRecordingOvertaken) tellRecording(recordingNow)
      disarm()
      // A look that fails means that the link is lost; the next reading takes its place.
      if (phase !== 'offline')
        disarm = clock.setTimer(clock.now() + SECOND_LOOK_AFTER, () => void secondLook().catch(() => undefined))
    },
    close: () => disarm(),
  }
}
