import type { AsRunLine } from '../orchestrator/core/asRun.ts'
import { simulateShow } from '../orchestrator/simulation.ts'
import { asRunJson } from '../store/asRunLog.ts'
import { printable } from '../surfaces/terminal/log.ts'
import { takeInWords } from '../surfaces/terminal/words.ts'
import { DURATION_EXAMPLES, formatDuration, parseDuration } from '../time/duration.ts'
import { dateAt } from '../time/timeOfDay.ts'
import { timeWithMillis } from '../values/zoneTime.ts'
import type { Io } from './io.ts'
import { loadShow } from './startTime.ts'

export type SimulateWords = { readonly for?: string; readonly at?: string; readonly json?: boolean }

/** Plays the show on a virtual clock and prints its as-run lines. */
export async function simulate(file: string, words: SimulateWords, io: Io): Promise<number> {
  const show = await loadShow(file, words.at, io)
  const length = words.for === undefined ? null : parseDuration(words.for)
  const isWrong = length === null && words.for !== undefined
  if (isWrong) io.stderr(`--for takes a duration such as ${DURATION_EXAMPLES}, not ${words.for}`)
  if (show === null || isWrong) return 2

  const { schedule, begins: at } = show
  const { timezone } = schedule
  let day = ''
  const inWords = (line: AsRunLine) => {
    const plannedAt: number = line.plannedAt
    const date = dateAt(plannedAt, timezone)
    if (date !== day) io.stdout(`${date} (${timezone})`)
    day = date
    io.stdout(`${timeWithMillis(plannedAt, timezone)} ${printable(takeInWords({ ...line, errorMs: null }))}`)
  }
  const startedBy = words.at === undefined ? 'schedule' : 'command'
  const onLine = words.json ? (line: AsRunLine) => io.stdout(asRunJson(line, 0)) : inWords
  const ended = simulateShow(schedule, { at, length, startedBy, onLine })
  if (!words.json) {
    const after = ended.at === at ? 'at once' : `after ${formatDuration(ended.at - at)}`
    io.stdout(ended.mode === 'finished' ? `the show is over ${after}` : `the show is still ${ended.mode} ${after}`)
  }
  return 0
}
