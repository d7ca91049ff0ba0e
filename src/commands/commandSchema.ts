import { z } from 'zod'
import { DURATION_PATTERN, parseDuration, spellingsOfNumber } from '../time/duration.ts'
import { duration, flag, name, shown, signedDuration } from '../values/fields.ts'
import { didYouMean } from '../values/nearest.ts'
import { transition } from '../values/transition.ts'

const cue = name('the id of a cue')

const forceUntil = z
  .string({ error: notAnEnd })
  .refine((written) => written === 'release' || written === 'cueEnd' || parseDuration(written) !== null, {
    error: notAnEnd,
    params: { code: 'invalidUntil' },
  })
  .meta({
    pattern: `^(release|cueEnd|${DURATION_PATTERN.slice(1, -1)})$`,
    description: 'release (default), cueEnd or a duration',
  })

/** The arguments of each command, by the names that they have everywhere. */
export const commandArguments = {
  start: { cue: cue.optional() },
  stop: {},
  pause: {},
  resume: {},
  reset: {},
  next: { ifCue: cue.optional() },
  skipCurrentScene: { ifCue: cue.optional() },
  previous: { ifCue: cue.optional() },
  goTo: { cue, offset: duration.optional() },
  hold: {},
  unhold: {},
  extend: { by: signedDuration },
  forceScene: {
    scene: name('a scene'),
    until: forceUntil.optional(),
    transition: transition.optional(),
    toggle: flag.optional(),
    pause: flag.optional(),
  },
  release: {},
} as const

const a = commandArguments
const forceScene = z
  .strictObject({ type: z.literal('forceScene'), ...a.forceScene })
  .refine((force) => !(force.until === 'cueEnd' && force.pause === true), {
    path: ['until'],
    error: '`until: cueEnd` and `pause: true` exclude each other: a paused cue never ends; leave one of them out',
    params: { code: 'forceNeverEnds' },
  })

const operatorCommands = [
  z.strictObject({ type: z.literal('start'), ...a.start }),
  z.strictObject({ type: z.literal('stop'), ...a.stop }),
  z.strictObject({ type: z.literal('pause'), ...a.pause }),
  z.strictObject({ type: z.literal('resume'), ...a.resume }),
  z.strictObject({ type: z.literal('reset'), ...a.reset }),
  z.strictObject({ type: z.literal('next'), ...a.next }),
  z.strictObject({ type: z.literal('skipCurrentScene'), ...a.skipCurrentScene }),
  z.strictObject({ type: z.literal('previous'), ...a.previous }),
  z.strictObject({ type: z.literal('goTo'), ...a.goTo }),
  z.strictObject({ type: z.literal('hold'), ...a.hold }),
  z.strictObject({ type: z.literal('unhold'), ...a.unhold }),
  z.strictObject({ type: z.literal('extend'), ...a.extend }),
  forceScene,
  z.strictObject({ type: z.literal('release'), ...a.release }),
] as const

const updateStreamStatus = z.strictObject({
  type: z.literal('updateStreamStatus'),
  phase: z.enum(['offline', 'starting', 'live', 'reconnecting', 'stopping']),
  since: z.int().optional(),
  output: z.string().min(1).optional(),
})

/** What an operator can send by HTTP, ctl or a hotkey: all commands but `configure` and `updateStreamStatus`. */
export const operatorCommandSchema = z.discriminatedUnion('type', operatorCommands, { error: notACommand })

/** Every command but `configure`, with its arguments as they stand everywhere: durations are strings as in the file, a cue is its id. */
export const commandSchema = z.discriminatedUnion('type', [...operatorCommands, updateStreamStatus], {
  error: notACommand,
})

/** Names of the commands that an operator can send. */
export const OPERATOR_COMMANDS: readonly string[] = Object.keys(commandArguments)

function notAnEnd({ input }: { input?: unknown }): string {
  const meant = typeof input === 'string' ? didYouMean(input, ['release', 'cueEnd']) : ''
  const bare = typeof input === 'number' && input > 0 ? `: write ${spellingsOfNumber(input)}` : ''
  return `a force lasts until release, until cueEnd, or for a duration such as 30s, not ${shown(input)}${meant || bare}`
}

function notACommand({ input }: { input?: unknown }): string {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined
  return `there is no command ${shown(type)}${typeof type === 'string' ? didYouMean(type, OPERATOR_COMMANDS) : ''}`
}
