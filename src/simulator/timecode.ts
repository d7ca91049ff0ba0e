import type { Millis } from '../time/clock.ts'

/** `01:02:03.004`, as OBS writes how long an output has been running. */
export function timecode(length: Millis): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = length / 1000
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(length % 1000).padStart(3, '0')}`
}
