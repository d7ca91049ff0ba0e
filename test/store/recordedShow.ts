import { onTestFinished } from 'vitest'
import { createOrchestrator, type Orchestrator } from '../../src/orchestrator/orchestrator.ts'
import { createRecorder, type Recorder } from '../../src/store/recorder.ts'
import type { Present } from '../../src/store/restore.ts'
import { type ManualClock, manualClock } from '../../src/time/manualClock.ts'
import { schedule } from '../support/show.ts'

/** A Friday evening in UTC. */
export const seven = Date.UTC(2026, 11, 4, 19)

const twoCues = schedule(`
loop: true
cues:
  - { scene: One, duration: 10s }
  - { scene: Two, duration: 20s }`)

/** What the next process knows of itself. */
export const present = (wallOffset = 0): Present => ({
  ...{ file: '/show.yaml', schedule: twoCues, at: seven + 60_000, wallOffset },
})

export type RecordedShow = {
  readonly clock: ManualClock
  readonly show: Orchestrator
  readonly recorder: Recorder
  /** What was reported of the files. */
  readonly problems: string[]
}

/** A show of two cues, loaded, with a recorder in the folder. */
export function recordedShow(folder: string, journalSize?: number): RecordedShow {
  const clock = manualClock(seven)
  const problems: string[] = []
  let offset = 0
  const show = createOrchestrator({ clock })
  const recorder = createRecorder({
    folder,
    clock,
    file: '/show.yaml',
    checkpoint: show.checkpoint,
    asRunWritten: () => Promise.resolve(),
    wallOffset: () => offset,
    onProblem: {
      journal: (message) => problems.push(`${message}`),
      checkpoint: (message) => problems.push(`${message}`),
    },
    ...(journalSize !== undefined && { journalSize }),
  })
  // Before the folder is removed, which was made earlier.
  onTestFinished(recorder.close)
  show.onJournal((entry) => {
    if (entry.event.type === 'clock') offset = entry.event.offset
    recorder.record(entry)
  })
  show.configure(twoCues)
  return { clock, show, recorder, problems }
}
