import { inspect } from 'node:util'
import { z } from 'zod'
import { commandSchema, isPlain } from '../../commands/commandSchema.ts'
import type { CommandOf } from '../../commands/table.ts'
import { isChecked } from '../../schedule/check.ts'
import type { Schedule } from '../../schedule/model/schedule.ts'
import type { Instant } from '../../time/clock.ts'
import { parseDuration, parseSignedDuration } from '../../time/duration.ts'
import { parseTransition } from '../../values/transition.ts'
import { type AdapterEvent, type Command, isReport } from './events.ts'
import type { Input } from './input.ts'
import { reportSchemas } from './reportSchema.ts'

export type Parsed = { readonly input: Input } | { readonly message: string }

/** Checks what was sent and turns it into the machine's input. `at`: when it counts. */
export function parse(event: Command | AdapterEvent, at: Instant): Parsed {
  if (!isEvent(event))
    return { message: `Send an object with a type, such as { type: 'next' }, not ${inspect(event)}.` }
  return isReport(event) ? parseReport(event, at) : parseCommand(event, at)
}

/** Whether this is an object with a type. Callers without TypeScript can send anything. */
export const isEvent = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'

function parseReport(report: AdapterEvent, at: Instant): Parsed {
  const checked = reportSchemas.get(report.type)?.safeParse(report)
  if (checked?.success === false) return { message: unreadable(`report ${report.type}`, checked.error) }
  return { input: { ...report, at } }
}

/** Checked here because schedule/ imports the command table, which therefore can't know what a schedule is. */
const configureSchema = z.strictObject({
  type: z.literal('configure'),
  schedule: z.custom<Schedule>(isChecked, {
    error: 'this is not a schedule from readSchedule or checkSchedule: pass its result',
  }),
})

/** Checks a command's arguments and parses its durations. `at`: when it counts. */
export function parseCommand(command: Command, at: Instant): Parsed {
  if (!isPlain(command)) {
    const { error } = (command.type === 'configure' ? configureSchema : commandSchema).safeParse(command)
    if (error !== undefined) return { message: unreadable(`command ${command.type}`, error) }
  }
  return { input: inputOf(command, at) }
}

function unreadable(what: string, { issues }: z.ZodError): string {
  const reasons = issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
  return `The ${what} can't be read: ${reasons.join('; ')}.`
}

/** A command without arguments. */
type Bare<C = Command> = C extends unknown ? (keyof C extends 'type' ? C : never) : never

/** Written out, because a spread costs more than all the rest of parsing. */
function inputOf(command: Command, at: Instant): Input {
  switch (command.type) {
    case 'configure':
      return { type: 'configure', schedule: command.schedule, at }
    case 'start':
      return command.cue === undefined ? { type: 'start', at } : { type: 'start', cue: command.cue, at }
    case 'next':
    case 'skipCurrentScene':
    case 'previous': {
      const { type, ifCue } = command
      return ifCue === undefined ? { type, at } : { type, ifCue, at }
    }
    case 'goTo': {
      const { type, cue, offset } = command
      return { type, cue, offset: offset === undefined ? 0 : (parseDuration(offset) ?? 0), at }
    }
    case 'extend':
      return { type: 'extend', by: parseSignedDuration(command.by) ?? 0, at }
    case 'forceScene':
      return forceOf(command, at)
    case 'updateStreamStatus': {
      const { type, phase, since, output } = command
      return { type, phase, since, output, at }
    }
    default: {
      // A new command with arguments is a type error here, so that none of them gets lost.
      const { type }: Bare = command
      return { type, at }
    }
  }
}

function forceOf(command: CommandOf<'forceScene'>, at: Instant): Input {
  const { type, scene, until = 'release', transition, toggle = false, pause = false } = command
  const ends = until === 'release' || until === 'cueEnd' ? until : (parseDuration(until) ?? 'release')
  const asked = transition === undefined ? null : parseTransition(transition)
  return { type, scene, until: ends, transition: asked, toggle, pause, at }
}
