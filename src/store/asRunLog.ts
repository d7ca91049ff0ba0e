import { join } from 'node:path'
import type { AsRunLine } from '../orchestrator/core/asRun.ts'
import type { Millis } from '../time/clock.ts'
import { createLineFile } from './lineFile.ts'
import { toJson, toWallTimes } from './wallTimes.ts'

export type AsRunLog = {
  append(line: AsRunLine): void
  close(): Promise<void>
}

export type AsRunLogOptions = {
  readonly folder: string
  /** How far the wall clock is ahead of the orchestrator's time line. */
  readonly wallOffset: () => Millis
  readonly onProblem: (message: string | null) => void
}

/** `as-run.jsonl`: what went to air, a line a take, appended to by every run. */
export function openAsRunLog({ folder, wallOffset, onProblem }: AsRunLogOptions): AsRunLog {
  const file = createLineFile({ path: join(folder, 'as-run.jsonl'), name: 'as-run log', onProblem })
  return {
    append: (line) => file.append(asRunJson(line, wallOffset())),
    close: () => file.close(),
  }
}

/** The line as the log has it, and as `simulate --json` prints it. */
export function asRunJson(line: AsRunLine, wallOffset: Millis): string {
  const { cue, title, scene, cause, plannedAt, sentAt, confirmedAt, errorMs, how, errorFrames, outcome, reason } = line
  const inOrder = { cue, title, scene, cause, plannedAt, sentAt, confirmedAt, errorMs, how, errorFrames, outcome }
  return toJson(toWallTimes(reason === undefined ? inOrder : { ...inOrder, reason }, wallOffset))
}
