import { join } from 'node:path'
import type { AsRunLine } from '../orchestrator/core/asRun.ts'
import type { InstantsOf, WallOffset } from '../time/clock.ts'
import { lastLines } from './lastLines.ts'
import { createLineFile, type WrittenFile } from './lineFile.ts'
import { toWallTimes } from './wallTimes.ts'

export type AsRunLog = {
  append(line: AsRunLine): void
  /** The last lines as JSON, those of earlier runs too, the oldest first. */
  last(count: number): Promise<readonly string[]>
  /** Resolves when all lines are on disk, or the problem has been reported. */
  close(): Promise<void>
}

/** Opens `as-run.jsonl`: what went to air, one line per take. Every run appends to it. */
export function openAsRunLog({ folder, wallOffset, onProblem }: WrittenFile): AsRunLog {
  const path = join(folder, 'as-run.jsonl')
  const file = createLineFile({ path, name: 'as-run log', onProblem })
  return {
    append: (line) => file.append(asRunJson(line, wallOffset())),
    last: async (count) => {
      await file.sync()
      return lastLines(path, count)
    },
    close: file.sync,
  }
}

const ofAsRun: InstantsOf<AsRunLine> = { plannedAt: 'own', sentAt: 'own', confirmedAt: 'own' }

/** The line as the log has it, and as `simulate --json` prints it. */
export function asRunJson(line: AsRunLine, wallOffset: WallOffset): string {
  const { cue, title, scene, cause, plannedAt, sentAt, confirmedAt, errorMs, how, errorFrames, outcome, reason } = line
  const inOrder = { cue, title, scene, cause, plannedAt, sentAt, confirmedAt, errorMs, how, errorFrames, outcome }
  return JSON.stringify(toWallTimes(reason === undefined ? inOrder : { ...inOrder, reason }, ofAsRun, wallOffset))
}
