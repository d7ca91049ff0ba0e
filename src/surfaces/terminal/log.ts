import { styleText } from 'node:util'
import type { Problem } from '../../schedule/model/schedule.ts'
import type { WallInstant } from '../../time/clock.ts'
import type { Log } from '../../values/log.ts'
import { timeWithMillis } from '../../values/zoneTime.ts'

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type Level = (typeof LEVELS)[number]
export const LOG_STYLES = ['pretty', 'json'] as const
export type LogStyle = (typeof LOG_STYLES)[number]

/** The level at which a problem is logged. */
export const levelOf = ({ severity }: Pick<Problem, 'severity'>) => (severity === 'error' ? 'error' : 'warn')

export type LogOptions = {
  readonly style: LogStyle
  /** Lines of a lower level are left out. */
  readonly level: Level
  readonly write: (line: string) => void
  readonly wall: () => WallInstant
  /** The zone of the times in pretty lines. JSON lines are in UTC. */
  readonly timezone: () => string
  readonly colour: boolean
}

/** A log of lines. Each is written before the call returns, so that none is lost in a crash. */
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

/** `20:00:00.012 on air: Main Camera`. Every level but info is named. */
function prettyLine({ at, level, message, fields }: Entry, timezone: string, colour: boolean): string {
  const paint = (as: Colour, text: string) => (colour ? styleText(as, text, { validateStream: false }) : text)
  const mark = level === 'info' ? '' : `${paint(marks[level], level)} `
  const details = level === 'debug' && fields !== undefined ? ` ${paint('grey', JSON.stringify(fields))}` : ''
  return `${paint('grey', timeWithMillis(at, timezone))} ${mark}${printable(message)}${details}`
}

type Colour = 'grey' | 'reset' | 'yellow' | 'red'
const marks: Readonly<Record<Level, Colour>> = { debug: 'grey', info: 'reset', warn: 'yellow', error: 'red' }

/** Removes control characters: a scene's name may contain anything, even commands to the terminal. */
export const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')
