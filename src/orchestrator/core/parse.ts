import { inspect } from 'node:util'
import { z } from 'zod'
import { commandSchema, readCommand } from '../../commands/commandSchema.ts'
import { isChecked } from '../../schedule/check.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Instant } from '../../time/clock.ts'
import type { AdapterEvent, Command } from './events.ts'
import type { Input } from './input.ts'
import { isReport, reportSchemas } from './reportSchema.ts'

export type Parsed = { readonly input: Input } | { readonly message: string }

/**
 * Checks what was sent and turns it into the machine's input. It counts at `at`, or earlier if it is a report about a moment ago, but
 * not before `earliest`.
 */
export function parse(event: Command | AdapterEvent, at: Instant, earliest: Instant = at): Parsed {
  if (!isEvent(event))
    return { message: `Send an object with a type, such as { type: 'next' }, not ${inspect(event)}.` }
  return isReport(event) ? parseReport(event, at, earliest) : parseCommand(event, at)
}

/** Whether this is an object with a type. Callers without TypeScript can send anything. */
export const isEvent = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'

function parseReport(report: AdapterEvent, now: Instant, earliest: Instant): Parsed {
  const checked = reportSchemas.get(report.type)?.safeParse(report)
  if (checked?.success === false) return { message: unreadable(`report ${report.type}`, checked.error) }
  const happened = 'at' in report && report.at !== undefined ? Math.max(Math.floor(report.at), earliest) : now
  return { input: { ...report, at: Math.min(happened, now) } }
}

/** Checked here because schedule/ imports the command table, which therefore can't know what a schedule is. */
const configureSchema = z.strictObject({
  type: z.literal('configure'),
  schedule: z.custom<Schedule>(isChecked, {
    error: 'this is not a schedule from readSchedule or checkSchedule: pass its result',
  }),
})

/** Checks a command's arguments and reads its durations. `at`: when it counts. */
export function parseCommand(command: Command, at: Instant): Parsed {
  if (command.type === 'configure') {
    const { error } = configureSchema.safeParse(command)
    return error === undefined ? { input: { ...command, at } } : { message: unreadable('command configure', error) }
  }
  const input = readCommand(command, at)
  if (input !== null) return { input }
  const { error } = commandSchema.safeParse(command)
  return { message: unreadable(`command ${command.type}`, error) }
}

function unreadable(what: string, error: z.ZodError | undefined): string {
  const reasons = (error?.issues ?? []).map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  )
  return `The ${what} can't be read: ${reasons.join('; ')}.`
}
