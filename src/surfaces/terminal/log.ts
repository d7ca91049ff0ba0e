import type { WallInstant } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { timeWithMillis } from '../../values/zoneTime.ts'

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type Level = (typeof LEVELS)[number]
export const LOG_STYLES = ['pretty', 'json'] as const
export type LogStyle = (typeof LOG_STYLES)[number]

export type LogOptions = {
  readonly style: LogStyle
  /** What is less than this is left out. */
  readonly level: Level
  readonly write: (line: string) => void
  readonly wall: () => WallInstant
  /** The zone of the times in pretty lines; JSON has them in UTC. */
  readonly timezone: () => string
  readonly colour: boolean
}

/** A log of lines, each written before the call returns: the last one before a crash is there. */
export function createLog({ style, level, write, wall, timezone, colour }: LogOptions): Log {
  const lineOf = style === 'json' ? jsonLine : (entry: Entry) => prettyLine(entry, timezone(), colour)
  const method = (own: Level) => {
    if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return () => {}
    return (message: string, fields?: object) => write(lineOf({ at: wall(), level: own, message, fields }))
  }
  return { debug: method('debug'), info: method('info'), warn: method('warn'), error: method('error') }
}

type Entry = {
  readonly at: WallInstant
  readonly level: Level
  readonly message: string
  readonly fields: object | undefined
}

const jsonLine = ({ at, level, message, fields }: Entry): string =>
  JSON.stringify({ time: new Date(at).toISOString(), level, message, ...fields })

/** `20:00:00.012 on air: Main Camera`; only what is not plain information names its level. */
function prettyLine({ at, level, message, fields }: Entry, timezone: string, colour: boolean): string {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const mark = level === 'info' ? '' : `${paint(marks[level], level)} `
  const details = level === 'debug' && fields !== undefined ? ` ${paint(90, JSON.stringify(fields))}` : ''
  return `${paint(90, timeWithMillis(at, timezone))} ${mark}${printable(message)}${details}`
}

const marks: Readonly<Record<Level, number>> = { debug: 90, info: 0, warn: 33, error: 31 }

/** A scene's name may hold anything, also what a terminal would take for orders. */
export const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')
