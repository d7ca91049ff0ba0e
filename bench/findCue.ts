import { compile, cueAfter } from '../src/playout/timeline.ts'
import { passes } from './passes.ts'
import { scheduleOf } from './stage.ts'
import { type Row, shown } from './table.ts'

const cueCount = 1_000_000
const finds = 200_000

/** How long it takes to find which of a million cues is on at an instant. */
export async function findCue(): Promise<Row[]> {
  const schedule = scheduleOf(1)
  const [cue] = schedule.cues
  if (cue === undefined) throw new Error('the schedule has no cue')
  const cues = Array.from({ length: cueCount }, (_, i) => ({ ...cue, id: `cue${i}`, duration: 1000 + (i % 7) }))
  const timeline = compile({ ...schedule, cues })
  const length = timeline.sums[cueCount] ?? 0
  const offsets = Float64Array.from({ length: finds }, () => Math.floor(Math.random() * length))
  let sum = 0
  const measured = await passes(() => {
    const began = performance.now()
    for (const offset of offsets) sum += cueAfter(timeline, 0, offset)
    return ((performance.now() - began) * 1000) / finds
  })
  const linear = await passes(
    () => {
      const began = performance.now()
      for (let i = 0; i < 20; i++) sum += timeline.sums.findIndex((end) => end > (offsets[i] ?? 0))
      return ((performance.now() - began) * 1000) / 20
    },
    5,
    1,
  )
  if (sum === 0) throw new Error('nothing was found')
  return [
    {
      what: 'find the cue on at a random instant among 1 000 000',
      measured: shown(measured, 'µs'),
      goal: '≤ 1 µs',
      comparison: `one after the other: ${shown(linear, 'µs', 0)}`,
    },
  ]
}
