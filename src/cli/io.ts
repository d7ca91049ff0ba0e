import { createLog, LEVELS, type Level, type LogStyle } from '../surfaces/terminal/log.ts'
import { systemClock } from '../time/systemClock.ts'

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

/** Says something before the show has a log: the line alone or, with `--log json`, as that log would write it. */
export type Say = (level: Level, message: string) => void

export function createSay({ log: style, logLevel: level }: { log: LogStyle; logLevel: Level }, io: Io): Say {
  if (style === 'pretty') return (of, message) => LEVELS.indexOf(of) >= LEVELS.indexOf(level) && io.stderr(message)
  const wall = systemClock().wall
  const log = createLog({ style, level, write: io.stderr, wall, timezone: () => 'UTC', colour: false })
  return (of, message) => log[of](message)
}
