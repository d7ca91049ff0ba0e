import { join } from 'node:path'
import type { AsRunLine } from '../orchestrator/core/asRun.ts'
import type { Recovered } from '../orchestrator/core/recovery.ts'
import type { InstantsOf, WallOffset } from '../time/clock.ts'
import { lastLines } from './lastLines.ts'
import { createLineFile, type LineFileOptions, type WrittenFile } from './lineFile.ts'
import { toWallTimes } from './wallTimes.ts'

/** `after`: a line is written only once this has resolved. */
export type AsRunOptions = WrittenFile & Pick<LineFileOptions, 'after'>

/** Opens `as-run.jsonl`: what went to air, one line per take. Every run appends to it. */
export function openAsRunLog({ folder, wallOffset, onProblem, after }: AsRunOptions) {
  const path = join(folder, 'as-run.jsonl')
  const file = createLineFile({ path, name: 'as-run log', after, onProblem })
  return {
    append: (line: AsRunLine): void => file.append(asRunJson(line, wallOffset())),
    /** Appends those of the last lines of an earlier process that it didn't get to write. */
    async complete(last: Recovered['lines']): Promise<void> {
      if (last.length === 0) return
      const written = await lastLines(path, last.length).catch((): readonly string[] => [])
      const missing = last.map(({ line, offset }) => asRunJson(line, offset)).filter((text) => !written.includes(text))
      for (const text of missing) file.append(text)
      await file.written()
    },
    /** Resolves when all lines would outlive this process, or the problem has been reported. */
    written: file.written,
    /** The last lines as JSON, those of earlier runs too, the oldest first. */
    last: async (count: number): Promise<readonly string[]> => {
      await file.sync()
      return lastLines(path, count)
    },
    /** Resolves when all lines are on disk, or the problem has been reported. */
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
