import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'

/** Each line in short: `Main Camera schedule onAir`. */
export const asRunWords = (lines: readonly AsRunLine[]): readonly string[] =>
  lines.map(({ scene, cause, outcome }) => `${scene} ${cause} ${outcome}`)
