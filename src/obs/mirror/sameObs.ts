import type { Instant } from '../../time/clock.ts'

/** OBS's count of rendered frames at an instant. It begins at 0 with the process. */
export type FrameCount = { readonly frames: number; readonly at: Instant; readonly fps: number }

/** A busy OBS counts the frames that it drops as well, only later: it may stand still so long, and be so slow. */
const STALL_SECONDS = 2
const LEAST_PACE = 0.5

/** Whether the counter has begun again: it has gone back, or not gone on as far as the time since should have carried it. */
export function hasRestarted(before: FrameCount, now: FrameCount): boolean {
  const seconds = Math.max(0, (now.at - before.at) / 1000 - STALL_SECONDS)
  return now.frames < before.frames + seconds * before.fps * LEAST_PACE
}
