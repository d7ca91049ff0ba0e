import type { Instant } from '../time/clock.ts'

/** OBS's count of rendered frames at an instant. It begins at 0 with the process. */
export type FrameCount = { readonly frames: number; readonly at: Instant; readonly fps: number }

/** A busy OBS counts the frames that it drops as well; half of what is due leaves room for a stall. */
const LEAST_PACE = 0.5

/** Whether the counter has begun again: it has gone back, or not gone on as far as the time since should have carried it. */
export function hasRestarted(before: FrameCount, now: FrameCount): boolean {
  const seconds = (now.at - before.at) / 1000
  return now.frames < before.frames + seconds * before.fps * LEAST_PACE
}
