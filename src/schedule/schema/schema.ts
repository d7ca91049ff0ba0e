import { z } from 'zod'
import { operatorArguments } from '../../commands/commandSchema.ts'
import { OPERATOR_COMMANDS } from '../../commands/table.ts'
import { DATE_TIME_PATTERN, isDateTime, isTimezone, parseTimeOfDay, TIME_PATTERN } from '../../time/timeOfDay.ts'
import {
  duration,
  expected,
  flag,
  name,
  optional,
  readable,
  says,
  shown,
  soundName,
  text,
  timeOfDay,
  weekdays,
} from '../../values/fields.ts'
import { readKeys } from '../../values/keys.ts'
import { nearest } from '../../values/nearest.ts'
import { transition } from '../../values/transition.ts'
import { act, action, stateAction } from './actions.ts'
import { policies } from './policies.ts'

/** The most cues that a schedule may have. */
export const MOST_CUES = 1_000_000

const timezone = soundName('a time zone', 'unknownTimezone', (written) =>
  isTimezone(written) ? null : `unknown time zone ${shown(written)}${zoneHint(written)}`,
).meta({ description: "For times of day, such as Europe/Berlin; default: the machine's" })

const start = readable('invalidStart', isStart, notAStart).meta({
  pattern: `^(manual|stream|${TIME_PATTERN.slice(1, -1)}|${DATE_TIME_PATTERN.slice(1, -1)})$`,
  description: 'manual (default), stream, a time of day "19:00", or a date-time "2026-12-04T19:00"',
})

const loop = z.union(
  [
    z.boolean(),
    z
      .int({ error: 'this number of rounds is too large: write true for a show that loops for ever' })
      .min(1, { error: 'a loop has at least one round: write false for a show that plays once' }),
  ],
  expected('true, false, or a whole number of rounds of at least 1'),
)

const url = soundName('the address of OBS', 'invalidUrl', urlProblem).meta({
  pattern: '^([Ww][Ss]{1,2})://',
  description: '--obs and OBS_URL win over this; such as ws://127.0.0.1:4455',
})

export const sceneSchema = z.strictObject({
  transition: transition.optional(),
  actions: z.array(stateAction, expected('a list of actions, such as [{ mute: Desk Mic }]')).optional(),
})

const AMBER = 'How long before its end the countdown turns amber'
const RED = 'How long before its end the countdown turns red'

const holds = { properties: { hold: { const: true } } }

export const cueSchema = z
  .strictObject({
    id: optional(name('the id of a cue'), 'Default: a slug of the scene, made unique'),
    title: optional(text('the title of a cue'), 'Default: the scene'),
    scene: name('a scene').meta({ description: 'The name of an OBS scene, case-sensitive' }),
    note: optional(text('a note'), 'For the presenter page'),
    skip: optional(flag, 'Left out, not deleted'),
    duration: duration.optional(),
    until: optional(timeOfDay, 'Ends at a time of day'),
    hold: optional(flag, 'Ends at `next`, or at the hard start below'),
    media: optional(
      name('a media input'),
      'Ends when this media input has played to its end; `duration` is the longest it may take',
    ),
    warning: optional(duration, AMBER),
    danger: optional(duration, RED),
    at: optional(timeOfDay, 'Hard start: the cue before is cut short, or stays longer'),
    due: optional(timeOfDay, 'When it should begin: shows how late the show is, but forces nothing'),
    transition: transition.optional(),
    actions: optional(
      z.array(action, expected('a list of actions, such as [startRecord]')),
      'When the cue begins, or `after` a time',
    ),
  })
  .meta({
    dependencies: { media: ['duration'] },
    // A cue has one ending. With `hold` or `media`, the duration is its planned length.
    allOf: [
      { not: { required: ['until', 'duration'] } },
      { not: { required: ['until', 'media'] } },
      { not: { ...holds, required: ['until', 'hold'] } },
      { not: { ...holds, required: ['media', 'hold'] } },
    ],
  })

export const recurringSchema = z
  .strictObject({
    every: optional(duration, "How often, by the show's clock; the first time is after one interval"),
    at: z
      .union(
        [timeOfDay, z.array(timeOfDay).min(1, { error: 'this list is empty: write at least one time' })],
        expected('a time of day or a list of them'),
      )
      .optional(),
    days: weekdays.optional(),
    scene: name('a scene'),
    duration,
  })
  .meta({ oneOf: [{ required: ['every'] }, { required: ['at'] }] })

export const hotkeySchema = z
  .strictObject({
    keys: readable('invalidKeys', (written) => 'chord' in readKeys(written), notKeys).meta({
      description: 'Any of Ctrl, Alt, Shift and Meta, and one key, joined by +: Ctrl+Alt+B',
    }),
    forceScene: optional(name('a scene'), 'The scene to force'),
    command: z.enum(OPERATOR_COMMANDS, says(notACommand)).optional(),
    ...operatorArguments,
  })
  .meta({ oneOf: [{ required: ['forceScene'] }, { required: ['command'] }] })

/** Everything in the file except its lists, which are checked entry by entry. */
export const headSchema = z.strictObject({
  version: z.literal(
    1,
    says((input) => `this program reads version 1: write \`version: 1\`, not ${shown(input)}`),
  ),
  title: text('the title of the show').optional(),
  timezone: timezone.optional(),
  start: start.optional(),
  days: optional(weekdays, 'For a start at a time of day: the weekdays that it applies to; default: all'),
  loop: optional(loop, 'false (default), true, or the total number of rounds'),
  whenFinished: optional(
    z.array(act, expected('a list of acts, such as [stopRecord, stopStream]')),
    'Acts at the end of the show, in order. The last scene stays on air',
  ),
  obs: z.strictObject({ url: url.optional() }).optional(),
  transition: transition.optional(),
  fallback: optional(name('the fallback scene'), "Shown in place of a scene that this OBS doesn't have"),
  filler: optional(name('the filler scene'), 'Shown when a cue is over before a hard start; default: the cue stays'),
  warning: optional(duration, `${AMBER}; for all cues`),
  danger: optional(duration, `${RED}; for all cues`),
  policies: policies.optional(),
})

/** The whole file. */
export const fileSchema = headSchema.extend({
  scenes: optional(
    z.record(name('a scene'), sceneSchema),
    'What a scene always has when it is on air, by a cue or a force: a transition, and states',
  ),
  cues: z.array(cueSchema).min(1).max(MOST_CUES),
  recurring: optional(z.array(recurringSchema), 'Scenes that the clock puts on air for a while, on top of the cues'),
  hotkeys: z.array(hotkeySchema).optional(),
})

/** The JSON Schema of schedule files, with which editors complete and check a file as you type. */
export function jsonSchema(): object {
  const { $schema, additionalProperties, ...rest } = z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' })
  return {
    $schema,
    title: 'stream-orchestrator schedule',
    description: 'A show: which OBS scene is on air, and when',
    ...rest,
    patternProperties: { '^x-': { description: 'For your own use, such as anchors' } },
    additionalProperties,
  }
}

export type WrittenHead = z.infer<typeof headSchema>
export type WrittenScene = z.infer<typeof sceneSchema>
export type WrittenCue = z.infer<typeof cueSchema>
export type WrittenRecurring = z.infer<typeof recurringSchema>
export type WrittenHotkey = z.infer<typeof hotkeySchema>

function isStart(written: string): boolean {
  return written === 'manual' || written === 'stream' || parseTimeOfDay(written) !== null || isDateTime(written)
}

function notAStart(input: unknown): string {
  const meant = typeof input === 'string' ? nearest(input, ['manual', 'stream']) : null
  const early = typeof input === 'string' && /^\d:[0-5]\d(:[0-5]\d)?$/.test(input) ? `0${input}` : null
  const spaced = typeof input === 'string' && isDateTime(input.replace(' ', 'T')) ? input.replace(' ', 'T') : null
  const hint = (meant ?? early ?? spaced) === null ? '' : `; did you mean \`${meant ?? early ?? spaced}\`?`
  return `\`start\` is manual, stream, a time "19:00" or a date-time "2026-12-04T19:00", not ${shown(input)}${hint}`
}

function notKeys(input: unknown): string {
  if (typeof input === 'number') return `keys are a text: write "${input}" in quotes`
  if (typeof input !== 'string') return `keys are a text such as Ctrl+Alt+B, not ${shown(input)}`
  const read = readKeys(input)
  return 'message' in read ? read.message : `\`${input}\` isn't a key`
}

function notACommand(input: unknown): string | undefined {
  if (input !== 'configure' && input !== 'updateStreamStatus') return undefined
  return `\`${input}\` can't be a hotkey: it is for programs`
}

function zoneHint(written: string): string {
  const meant = nearest(written, Intl.supportedValuesOf('timeZone'))
  return meant === null ? ': write one such as Europe/Berlin or UTC' : `; did you mean \`${meant}\`?`
}

function urlProblem(written: string): string | null {
  if (!URL.canParse(written)) return `\`${written}\` isn't an address: write one such as ws://127.0.0.1:4455`
  const { host, password, username, hash } = new URL(written)
  if (!/^wss?:\/\//i.test(written)) {
    const scheme = /^[a-z]+:\/\//i.exec(written)?.[0]
    const found = scheme === undefined ? `\`${written}\`` : scheme
    return `the address of OBS begins with ws:// or wss://, not ${found}: write one such as ws://127.0.0.1:4455`
  }
  if (hash !== '') return `\`${written}\` has a part after #, which WebSockets don't allow: delete it`
  if (host === '') return `\`${written}\` names no host: write one such as ws://127.0.0.1:4455`
  if (password !== '' || username !== '')
    return 'a password is never read from a schedule: use OBS_PASSWORD or --obs-password-file'
  return null
}
