import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'

/** Each line as a director reads it: `Main Camera schedule onAir`. */
export const asRunWords = (lines: readonly AsRunLine[]): readonly string[] =>
  lines.map(({ scene, cause, outcome }) => `${scene} ${cause} ${outcome}`)
