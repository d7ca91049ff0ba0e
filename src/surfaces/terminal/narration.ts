import type { Control } from '../../orchestrator/control.ts'
import type { LiveProblem, Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { WallOffset } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { levelOf } from './log.ts'
import { changesInWords, newProblemInWords, problemInWords, takeInWords } from './words.ts'

/** Writes what is worth a line of the log: each take, what changes in the show, and each problem when it comes and goes. */
export function narrate(
  control: Pick<Control, 'currentState' | 'subscribe' | 'asRun'>,
  wallOffset: () => WallOffset,
  log: Log,
): void {
  control.asRun((line) => (line.outcome === 'failed' ? log.warn : log.info)(takeInWords(line)))
  let before = control.currentState()
  control.subscribe((after) => {
    for (const line of changesInWords(before, after, wallOffset())) log.info(line)
    const { raised, over } = problemChanges(before, after)
    for (const problem of raised) log[levelOf(problem)](newProblemInWords(problem))
    for (const problem of over) log.info(`no longer: ${problemInWords(problem)}`)
    before = after
  })
}

/**
 * The log for the adapter, which tells everything. What `narrate` says already is only a detail there: each attempt to reach OBS is
 * covered by a problem, and what became of a take by its as-run line.
 */
export function adapterLog(log: Log): Log {
  const isNarrated = (fields: object = {}) => 'tryAgainInMs' in fields || ('takeId' in fields && 'cause' in fields)
  const quieter =
    (say: Log['info']): Log['info'] =>
    (message, fields) =>
      (isNarrated(fields) ? log.debug : say)(message, fields)
  return { debug: log.debug, info: quieter(log.info), warn: quieter(log.warn), error: quieter(log.error) }
}

/** Each of these already has a line of its own: from the adapter or the as-run log. */
const toldElsewhere: ReadonlySet<string> = new Set(['actFailed', 'takeFailed'])

/** The problems that are new and those that are over. One that another problem of its kind replaces isn't over. */
export function problemChanges({ problems: was }: Snapshot, { problems: is }: Snapshot) {
  const isMissing = ({ code, message }: LiveProblem, others: readonly LiveProblem[]) =>
    !toldElsewhere.has(code) && !others.some((other) => other.code === code && other.message === message)
  const hasFewer = ({ code }: LiveProblem) => countOf(code, is) < countOf(code, was)
  return {
    raised: is.filter((problem) => isMissing(problem, was)),
    over: was.filter((problem) => isMissing(problem, is) && hasFewer(problem)),
  }
}

const countOf = (code: string, problems: readonly LiveProblem[]) => problems.filter((one) => one.code === code).length
