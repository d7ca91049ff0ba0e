import { createLog, type Level, type LogStyle } from '../surfaces/terminal/log.ts'
import { systemClock } from '../time/systemClock.ts'
import type { Log } from '../values/log.ts'

/** Where a command writes: results to stdout, everything else to stderr. Each call is one line. */
export type Io = { readonly stdout: (line: string) => void; readonly stderr: (line: string) => void }

/** Results are gathered up to this length, because writing a day's lines one by one takes longer than simulating the day. */
const blockSize = 65_536

/** Gathers results into blocks and writes log lines at once. Keeps both in order, in case they go to the same terminal. */
export function createIo(stdout: NodeJS.WritableStream, stderr: NodeJS.WritableStream): Io & { flush(): void } {
  let waiting = ''
  const flush = () => {
    if (waiting !== '') stdout.write(waiting)
    waiting = ''
  }
  return {
    stdout(line) {
      waiting += `${line}\n`
      if (waiting.length >= blockSize) flush()
    },
    stderr(line) {
      flush()
      stderr.write(`${line}\n`)
    },
    flush,
  }
}

/** The log before the show has one: messages alone or, with `--log json`, lines as that log would write them. */
export function earlyLog({ log, logLevel: level }: { log: LogStyle; logLevel: Level }, io: Io): Log {
  const style = log === 'json' ? 'json' : 'plain'
  return createLog({ style, level, write: io.stderr, wall: systemClock().wall, timezone: () => 'UTC', colour: false })
}
