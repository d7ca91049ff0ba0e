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
  /** `plain`: the messages alone. */
  readonly style: LogStyle | 'plain'
  /** Lines of a lower level are left out. */
  readonly level: Level
  readonly write: (line: string) => void
  readonly wall: () => WallInstant
  /** The zone of the times in pretty lines. JSON lines are in UTC. */
  readonly timezone: () => string
  readonly colour: boolean
}

/** A log of lines. Each is written before the call returns, so that none is lost in a crash. */
export function createLog({ style, level: lowest, write, wall, timezone, colour }: LogOptions): Log {
  const paint = (as: Colour, text: string) => (colour ? styleText(as, text, { validateStream: false }) : text)
  /** `20:00:00.012 on air: Main Camera`. Every level but info is named. */
  const prettyLine = (level: Level, message: string, fields?: object) => {
    const mark = level === 'info' ? '' : `${paint(marks[level], level)} `
    const details = level === 'debug' && fields !== undefined ? ` ${paint('grey', JSON.stringify(fields))}` : ''
    return `${paint('grey', timeWithMillis(wall(), timezone()))} ${mark}${printable(message)}${details}`
  }
  const jsonLine = (level: Level, message: string, fields?: object) =>
    JSON.stringify({ time: new Date(wall()).toISOString(), level, message, ...fields })
  const lineOf = { json: jsonLine, pretty: prettyLine, plain: (_: Level, message: string) => message }[style]
  const method = (level: Level): Log[Level] =>
    LEVELS.indexOf(level) < LEVELS.indexOf(lowest)
      ? () => {}
      : (message, fields) => write(lineOf(level, message, fields))
  return { debug: method('debug'), info: method('info'), warn: method('warn'), error: method('error') }
}

type Colour = 'grey' | 'reset' | 'yellow' | 'red'
const marks: Readonly<Record<Level, Colour>> = { debug: 'grey', info: 'reset', warn: 'yellow', error: 'red' }

/** Removes control characters and line ends: a scene's name may contain anything, even commands to the terminal. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
