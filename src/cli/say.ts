import { createLog, LEVELS, type Level, type LogStyle } from '../surfaces/terminal/log.ts'
import { systemClock } from '../time/systemClock.ts'
import type { Io } from './io.ts'

export type Say = (level: Level, message: string) => void

/** What is said before a show's own log is there: the line alone or, with `--log json`, as that log would have it. */
export function createSay({ log: style, logLevel: level }: { log: LogStyle; logLevel: Level }, io: Io): Say {
  if (style === 'pretty') return (of, message) => LEVELS.indexOf(of) >= LEVELS.indexOf(level) && io.stderr(message)
  const log = createLog({
    style,
    level,
    write: io.stderr,
    wall: systemClock().wall,
    timezone: () => 'UTC',
    colour: false,
  })
  return (of, message) => log[of](message)
}
