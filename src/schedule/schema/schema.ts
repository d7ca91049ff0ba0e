import { z } from 'zod'
import { OPERATOR_COMMANDS, operatorArguments } from '../../commands/commandSchema.ts'
import { DATE_TIME_PATTERN, isDateTime, isTimezone, parseTimeOfDay, TIME_PATTERN } from '../../time/timeOfDay.ts'
import { duration, flag, name, shown, text, timeOfDay, weekdays } from '../../values/fields.ts'
import { readKeys } from '../../values/keys.ts'
import { nearest } from '../../values/nearest.ts'
import { transition } from '../../values/transition.ts'
import { act, action, stateAction } from './actionSchema.ts'

export { OPERATOR_COMMANDS } from '../../commands/commandSchema.ts'

/** No schedule has more cues. */
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
      .int({ error: 'so many rounds are no number any more: write true for a show without an end' })
      .min(1, { error: 'a loop has at least one round: write false for a show that plays once' }),
  ],
  {
    error: ({ input }) => `write true, false, or a whole number of rounds from 1 on, not ${shown(input)}`,
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
  manualSwitch: z
    .enum(['adopt', 'reclaim'])
    .optional()
    .meta({ description: 'The operator switches inside OBS: adopt it until the next cue (default), or reclaim' }),
  afterGap: z
    .enum(['catchUp', 'resume'])
    .optional()
    .meta({ description: 'After sleep, a stall or a crash: catchUp (default), or resume where it stood' }),
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
      .meta({ description: 'Ends when this media input has played to its end; `duration`: the longest it may take' }),
    at: timeOfDay.optional().meta({ description: 'Hard start: the cue before is cut short, or stretched' }),
    due: timeOfDay.optional().meta({ description: 'When it should begin: counts for over/under, forces nothing' }),
    transition: transition.optional(),
    actions: z
      .array(action, { error: aList('actions, such as [startRecord]') })
      .optional()
      .meta({ description: 'On entry, or `after` an offset' }),
  })
  .meta({
    dependencies: { media: ['duration'] },
    // A cue has one ending; with `hold` and `media` a duration is its planned length.
    allOf: [
      { not: { required: ['until', 'duration'] } },
      { not: { required: ['until', 'media'] } },
      { not: { ...holds, required: ['until', 'hold'] } },
      { not: { ...holds, required: ['media', 'hold'] } },
    ],
  })

export const recurringSchema = z
  .strictObject({
    every: duration.optional().meta({ description: "Counted on the show's clock, first after one interval" }),
    at: z
      .union([timeOfDay, z.array(timeOfDay).min(1, { error: 'no time is left: write at least one' })], {
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
      .meta({ description: 'Any of Ctrl, Alt, Shift, Meta, and one key, joined by +: Ctrl+Alt+B' }),
    forceScene: name('a scene').optional().meta({ description: 'The scene to force' }),
    command: z.enum(OPERATOR_COMMANDS, { error: notACommand }).optional(),
    ...operatorArguments,
  })
  .meta({ oneOf: [{ required: ['forceScene'] }, { required: ['command'] }] })

/** Everything of the file but its lists, which are checked entry by entry. */
export const headSchema = z.strictObject({
  version: z.literal(1, {
    error: ({ input }) => `this program reads version 1: write \`version: 1\`, not ${shown(input)}`,
  }),
  title: text('the title of the show').optional(),
  timezone: timezone.optional(),
  start: start.optional(),
  days: weekdays.optional().meta({ description: 'For a start at a time of day: the weekdays it is meant for' }),
  loop: loop.optional().meta({ description: 'false (default), true, or a number of rounds in all' }),
  whenFinished: z
    .array(act, { error: aList('acts, such as [stopRecord, stopStream]') })
    .optional()
    .meta({ description: 'Acts, in order. The last scene stays' }),
  obs: obs.optional(),
  transition: transition.optional(),
  fallback: name('the fallback scene')
    .optional()
    .meta({ description: "Shown in place of a scene that this OBS doesn't have" }),
  filler: name('the filler scene')
    .optional()
    .meta({ description: 'Shown when a cue is over before a hard start; default: the cue stays' }),
  policies: policies.optional(),
})

/** The whole file as written. */
export const fileSchema = headSchema.extend({
  scenes: z
    .record(name('a scene'), sceneSchema)
    .optional()
    .meta({ description: 'What belongs to a scene however it comes on air: a transition, and states' }),
  cues: z.array(cueSchema).min(1).max(MOST_CUES),
  recurring: z.array(recurringSchema).optional().meta({ description: 'Forces given by the clock' }),
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
  return `a show starts manual, stream, at a time "19:00" or at a date-time "2026-12-04T19:00", not ${shown(input)}${hint}`
}

function notKeys({ input }: { input?: unknown }): string {
  if (typeof input === 'number') return `keys are a text: write "${input}" in quotes`
  if (typeof input !== 'string') return `keys are a text such as Ctrl+Alt+B, not ${shown(input)}`
  const read = readKeys(input)
  return 'message' in read ? read.message : `\`${input}\` isn't a key`
}

function notACommand({ input }: { input?: unknown }): string | undefined {
  if (input !== 'configure' && input !== 'updateStreamStatus') return undefined
  return `\`${input}\` can't be given by a hotkey: it is for programs`
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
    return `OBS is reached by ws:// or wss://, not ${found}: write one such as ws://127.0.0.1:4455`
  }
  if (hash !== '') return `\`${written}\` has a part behind #, which no WebSocket takes: leave it out`
  if (host === '') return `\`${written}\` names no host: write one such as ws://127.0.0.1:4455`
  if (password !== '' || username !== '') {
    return 'a password is never read from a schedule: give it as OBS_PASSWORD or --obs-password-file'
  }
  return null
}
