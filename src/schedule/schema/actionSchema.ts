import { z } from 'zod'
import { duration, name, shown, text } from '../../values/fields.ts'
import { didYouMean } from '../../values/nearest.ts'

/** Acts that need no argument. */
export const PLAIN_ACTS = [
  'startStream',
  'stopStream',
  'startRecord',
  'stopRecord',
  'startReplayBuffer',
  'saveReplay',
  'startVirtualCam',
  'stopVirtualCam',
] as const

/** What `do` can do to a `media` input. */
export const MEDIA_ACTS = ['play', 'pause', 'restart', 'stop'] as const

/** An action that is a map has exactly one of these keys. `do` is also an argument of `media`. */
export const STATE_KEYS = ['show', 'hide', 'mute', 'unmute'] as const
export const ACT_KEYS = ['chapter', 'media', 'text', 'hotkey', 'do'] as const

const plainAct = z.enum(PLAIN_ACTS).meta({ id: 'plainAct', description: 'Done once' })

const item = z.union(
  [name('an item'), z.strictObject({ scene: name('the scene of the item'), item: name('an item') })],
  { error: ({ input }) => `write an item of the scene, or { scene: …, item: … }, not ${shown(input)}` },
)

const states = {
  show: item.optional().meta({ description: "An item to make visible, of the cue's scene or { scene, item }" }),
  hide: item.optional().meta({ description: "An item to hide, of the cue's scene or { scene, item }" }),
  mute: name('an input').optional().meta({ description: 'An input to mute' }),
  unmute: name('an input').optional().meta({ description: 'An input to unmute' }),
}
const acts = {
  chapter: name('the title of a chapter').optional().meta({ description: 'The title of a chapter in the recording' }),
  media: name('a media input').optional().meta({ description: 'A media input, with `do`' }),
  do: z
    .enum([...PLAIN_ACTS, ...MEDIA_ACTS], { error: notDone })
    .optional()
    .meta({ description: 'An act that needs no argument or, with `media`, what the media input does' }),
  text: name('a text input').optional().meta({ description: 'A text input, with `value`' }),
  value: text('the text to show').optional().meta({ description: 'What the text input shows' }),
  hotkey: name('a hotkey').optional().meta({ description: 'The name of a hotkey inside OBS' }),
}
const after = duration.optional().meta({ description: 'How long after the cue begins; default: at once' })
const lasting = duration.optional().meta({ description: 'For how long; default: as long as the cue is on' })

const stateForms = STATE_KEYS.map((verb) => ({ required: [verb] }))
const actForms = [
  { required: ['chapter'] },
  { required: ['media', 'do'], properties: { do: { enum: MEDIA_ACTS } } },
  { required: ['text', 'value'] },
  { required: ['hotkey'] },
  { required: ['do'], properties: { do: { enum: PLAIN_ACTS } }, not: { required: ['media'] } },
]
const actFormsOfCue = actForms.map((form) => ({ allOf: [form, { not: { required: ['for'] } }] }))

function notDone({ input }: { input?: unknown }): string {
  const meant = typeof input === 'string' ? didYouMean(input, [...PLAIN_ACTS, ...MEDIA_ACTS]) : ''
  return `unknown value ${shown(input)}${meant || ': write an act such as startRecord; with `media`, play, pause, restart or stop'}`
}

const notAnAction = ({ input }: { input?: unknown }) =>
  `write an action such as startRecord or { mute: Desk Mic }, not ${shown(input)}`

/** An action of a cue. */
export const action = z.union(
  [
    plainAct,
    z.strictObject({ ...states, ...acts, after, for: lasting }).meta({ oneOf: [...stateForms, ...actFormsOfCue] }),
  ],
  { error: notAnAction },
)

/** An action of a scene, which is a state. */
export const stateAction = z
  .strictObject(
    { ...states, after, for: lasting },
    { error: () => 'write a state such as { mute: Desk Mic }; acts belong to cues' },
  )
  .meta({ oneOf: stateForms })

/** An act of `whenFinished`. */
export const act = z.union([plainAct, z.strictObject(acts).meta({ oneOf: actForms })], {
  error: ({ input }) => `write an act such as stopRecord or { chapter: The end }, not ${shown(input)}`,
})

export type WrittenAction = z.infer<typeof action>
export type WrittenState = z.infer<typeof stateAction>
export type WrittenAct = z.infer<typeof act>
