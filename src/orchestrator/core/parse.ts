import { inspect } from 'node:util'
import { z } from 'zod'
import { commandSchema, readCommand } from '../../commands/commandSchema.ts'
import { isChecked } from '../../schedule/check.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Instant } from '../../time/clock.ts'
import type { AdapterEvent, Command } from './events.ts'
import type { Input } from './input.ts'

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

const at = z.number().optional()
const sentAt = z.number().nullable()
const output = z.string().min(1).optional()

const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('input'), input: z.string() }),
  z.object({ kind: z.literal('item'), scene: z.string(), item: z.string() }),
  z.object({ kind: z.literal('transition'), name: z.string() }),
  z.object({ kind: z.literal('act'), cue: z.string().nullable(), act: z.looseObject({ kind: z.string() }) }),
])

const shapes = {
  attached: {},
  seen: { scene: z.string(), by: z.enum(['operator', 'obs']), at },
  confirmed: {
    takeId: z.int(),
    sentAt,
    already: z.boolean(),
    at,
    how: z.enum(['armed', 'timed', 'plain']).optional(),
    errorFrames: z.int().optional(),
  },
  failed: { takeId: z.int(), sentAt, reason: z.string() },
  scenes: { scenes: z.array(z.string()) },
  sceneRenamed: { from: z.string(), to: z.string() },
  mediaPlaying: { input: z.string(), remaining: z.number() },
  mediaEnded: { input: z.string() },
  recording: { phase: z.enum(['off', 'recording', 'paused']) },
  problems: {
    code: z.string(),
    found: z.array(
      z.object({
        severity: z.enum(['error', 'warning']).optional(),
        message: z.string(),
        subject: subject.optional(),
      }),
    ),
  },
  kept: { kept: z.unknown() },
  clock: { offset: z.int() },
  gap: { since: z.int() },
} satisfies Record<Exclude<AdapterEvent['type'], 'link'>, z.ZodRawShape>

const link = z.discriminatedUnion('phase', [
  z.object({ phase: z.enum(['down', 'connecting']), output }),
  z.object({
    phase: z.literal('up'),
    obs: z.object({ version: z.string(), websocket: z.string(), platform: z.string() }),
    restarted: z.boolean().nullable(),
    program: z.string(),
    output,
  }),
])

/** What each report has to hold, by its type: adapters may be written by others. */
const reportSchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['link', link],
  ...Object.entries(shapes).map(([type, shape]) => [type, z.object({ ...shape, output })] as const),
])

export const isReport = <T extends { readonly type: string }>(event: T | AdapterEvent): event is AdapterEvent =>
  reportSchemas.has(event.type)
