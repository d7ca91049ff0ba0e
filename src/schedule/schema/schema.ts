import { z } from 'zod'
import { OPERATOR_COMMANDS, operatorArguments } from '../../commands/commandSchema.ts'
import { DATE_TIME_PATTERN, isDateTime, isTimezone, parseTimeOfDay, TIME_PATTERN } from '../../time/timeOfDay.ts'
import { duration, flag, name, shown, text, timeOfDay, weekdays } from '../../values/fields.ts'
import { readKeys } from '../../values/keys.ts'
import { nearest } from '../../values/nearest.ts'
import { transition } from '../../values/transition.ts'
import { act, action, stateAction } from './actionSchema.ts'

export { OPERATOR_COMMANDS } from '../../commands/commandSchema.ts'

/** The most cues that a schedule may have. */
export const MOST_CUES = 1_000_000

const timezone = name('a time zone')
  .refine(isTimezone, {
    error: ({ input }) => `unknown time zone ${shown(input)}${zoneHint(input)}`,
    params: { code: 'unknownTimezone' },
  })
  .meta({ description: "For times of day, such as Europe/Berlin; default: the machine's" })

const start = z
  .string({ error: notAStart })
  .refine((written) => isStart(written), { error: notAStart, params: { code: 'invalidStart' } })
  .meta({
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
  {
    error: ({ input }) => `write true, false, or a whole number of rounds of at least 1, not ${shown(input)}`,
  },
)

const url = name('the address of OBS')
  .refine((written) => urlProblem(written) === null, {
    error: ({ input }) => (typeof input === 'string' ? (urlProblem(input) ?? undefined) : undefined),
    params: { code: 'invalidUrl' },
  })
  .meta({ pattern: '^([Ww][Ss]{1,2})://', description: '--obs and OBS_URL win over this; such as ws://127.0.0.1:4455' })

const obs = z.strictObject({ url: url.optional() })

const policies = z.strictObject({
  manualSwitch: z.enum(['adopt', 'reclaim']).optional().meta({
    description:
      'When the operator switches inside OBS: adopt it until the next cue (default), or reclaim the scene of the show',
  }),
  afterGap: z
    .enum(['catchUp', 'resume'])
    .optional()
    .meta({ description: 'After sleep, a stall or a crash: catchUp (default), or resume where the show was' }),
  streamLost: z
    .enum(['continue', 'pause'])
    .optional()
    .meta({ description: 'When the stream has been lost for streamGrace: continue (default) or pause' }),
  streamGrace: duration.optional(),
  streamStopped: z
    .enum(['continue', 'pause', 'stop'])
    .optional()
    .meta({ description: 'When the stream was stopped: continue (default), pause or stop' }),
})

export const sceneSchema = z.strictObject({
  transition: transition.optional(),
  actions: z.array(stateAction, { error: aList('actions, such as [{ mute: Desk Mic }]') }).optional(),
})

const COUNTDOWN = {
  warning: 'How long before its end the countdown turns amber',
  danger: 'How long before its end the countdown turns red',
}

const holds = { properties: { hold: { const: true } } }

export const cueSchema = z
  .strictObject({
    id: name('the id of a cue').optional().meta({ description: 'Default: a slug of the scene, made unique' }),
    title: text('the title of a cue').optional().meta({ description: 'Default: the scene' }),
    scene: name('a scene').meta({ description: 'The name of an OBS scene, case-sensitive' }),
    note: text('a note').optional().meta({ description: 'For the presenter page' }),
    skip: flag.optional().meta({ description: 'Left out, not deleted' }),
    duration: duration.optional(),
    until: timeOfDay.optional().meta({ description: 'Ends at a time of day' }),
    hold: flag.optional().meta({ description: 'Ends at `next`, or at the hard start below' }),
    media: name('a media input')
      .optional()
      .meta({ description: 'Ends when this media input has played to its end; `duration` is the longest it may take' }),
    warning: duration.optional().meta({ description: COUNTDOWN.warning }),
    danger: duration.optional().meta({ description: COUNTDOWN.danger }),
    at: timeOfDay.optional().meta({ description: 'Hard start: the cue before is cut short, or stays longer' }),
    due: timeOfDay
      .optional()
      .meta({ description: 'When it should begin: shows how late the show is, but forces nothing' }),
    transition: transition.optional(),
    actions: z
      .array(action, { error: aList('actions, such as [startRecord]') })
      .optional()
      .meta({ description: 'When the cue begins, or `after` a time' }),
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
    every: duration
      .optional()
      .meta({ description: "How often, by the show's clock; the first time is after one interval" }),
    at: z
      .union([timeOfDay, z.array(timeOfDay).min(1, { error: 'this list is empty: write at least one time' })], {
        error: ({ input }) => `write a time of day or a list of them, not ${shown(input)}`,
      })
      .optional(),
    days: weekdays.optional(),
    scene: name('a scene'),
    duration,
  })
  .meta({ oneOf: [{ required: ['every'] }, { required: ['at'] }] })

export const hotkeySchema = z
  .strictObject({
    keys: z
      .string({ error: notKeys })
      .refine((written) => 'chord' in readKeys(written), { error: notKeys, params: { code: 'invalidKeys' } })
      .meta({ description: 'Any of Ctrl, Alt, Shift and Meta, and one key, joined by +: Ctrl+Alt+B' }),
    forceScene: name('a scene').optional().meta({ description: 'The scene to force' }),
    command: z.enum(OPERATOR_COMMANDS, { error: notACommand }).optional(),
    ...operatorArguments,
  })
  .meta({ oneOf: [{ required: ['forceScene'] }, { required: ['command'] }] })

/** Everything in the file except its lists, which are checked entry by entry. */
export const headSchema = z.strictObject({
  version: z.literal(1, {
    error: ({ input }) => `this program reads version 1: write \`version: 1\`, not ${shown(input)}`,
  }),
  title: text('the title of the show').optional(),
  timezone: timezone.optional(),
  start: start.optional(),
  days: weekdays
    .optional()
    .meta({ description: 'For a start at a time of day: the weekdays that it applies to; default: all' }),
  loop: loop.optional().meta({ description: 'false (default), true, or the total number of rounds' }),
  whenFinished: z
    .array(act, { error: aList('acts, such as [stopRecord, stopStream]') })
    .optional()
    .meta({ description: 'Acts at the end of the show, in order. The last scene stays on air' }),
  obs: obs.optional(),
  transition: transition.optional(),
  fallback: name('the fallback scene')
    .optional()
    .meta({ description: "Shown in place of a scene that this OBS doesn't have" }),
  filler: name('the filler scene')
    .optional()
    .meta({ description: 'Shown when a cue is over before a hard start; default: the cue stays' }),
  warning: duration.optional().meta({ description: `${COUNTDOWN.warning}; for all cues` }),
  danger: duration.optional().meta({ description: `${COUNTDOWN.danger}; for all cues` }),
  policies: policies.optional(),
})

/** The whole file. */
export const fileSchema = headSchema.extend({
  scenes: z
    .record(name('a scene'), sceneSchema)
    .optional()
    .meta({ description: 'What a scene always has when it is on air, by a cue or a force: a transition, and states' }),
  cues: z.array(cueSchema).min(1).max(MOST_CUES),
  recurring: z
    .array(recurringSchema)
    .optional()
    .meta({ description: 'Scenes that the clock puts on air for a while, on top of the cues' }),
  hotkeys: z.array(hotkeySchema).optional(),
})

export type WrittenHead = z.infer<typeof headSchema>
export type WrittenCue = z.infer<typeof cueSchema>
export type WrittenRecurring = z.infer<typeof recurringSchema>
export type WrittenHotkey = z.infer<typeof hotkeySchema>

function isStart(written: string): boolean {
  return written === 'manual' || written === 'stream' || parseTimeOfDay(written) !== null || isDateTime(written)
}

function notAStart({ input }: { input?: unknown }): string {
  const meant = typeof input === 'string' ? nearest(input, ['manual', 'stream']) : null
  const early = typeof input === 'string' && /^\d:[0-5]\d(:[0-5]\d)?$/.test(input) ? `0${input}` : null
  const spaced = typeof input === 'string' && isDateTime(input.replace(' ', 'T')) ? input.replace(' ', 'T') : null
  const hint = (meant ?? early ?? spaced) === null ? '' : `; did you mean \`${meant ?? early ?? spaced}\`?`
  return `\`start\` is manual, stream, a time "19:00" or a date-time "2026-12-04T19:00", not ${shown(input)}${hint}`
}

function notKeys({ input }: { input?: unknown }): string {
  if (typeof input === 'number') return `keys are a text: write "${input}" in quotes`
  if (typeof input !== 'string') return `keys are a text such as Ctrl+Alt+B, not ${shown(input)}`
  const read = readKeys(input)
  return 'message' in read ? read.message : `\`${input}\` isn't a key`
}

function notACommand({ input }: { input?: unknown }): string | undefined {
  if (input !== 'configure' && input !== 'updateStreamStatus') return undefined
  return `\`${input}\` can't be a hotkey: it is for programs`
}

function aList(of: string) {
  return ({ input }: { input?: unknown }) => `write a list of ${of}, not ${shown(input)}`
}

function zoneHint(input: unknown): string {
  const meant = typeof input === 'string' ? nearest(input, Intl.supportedValuesOf('timeZone')) : null
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
  if (password !== '' || username !== '') {
    return 'a password is never read from a schedule: use OBS_PASSWORD or --obs-password-file'
  }
  return null
}
