import { z } from 'zod'
import { parseDuration } from '../../time/duration.ts'
import { duration, expected, listed, name, optional, says, shown, text } from '../../values/fields.ts'
import { didYouMean } from '../../values/nearest.ts'
import { type Act, type Action, MEDIA_ACTS, PLAIN_ACTS, type State } from '../model/schedule.ts'
import { error, type Path, type Report } from './finding.ts'

/** An action that is a map has exactly one of these keys. `do` is also an argument of `media`. */
export const STATE_KEYS = ['show', 'hide', 'mute', 'unmute'] as const
export const ACT_KEYS = ['chapter', 'media', 'text', 'hotkey', 'do'] as const

const plainAct = z.enum(PLAIN_ACTS).meta({ id: 'plainAct', description: 'Done once' })

const item = z.union(
  [name('an item'), z.strictObject({ scene: name('the scene of the item'), item: name('an item') })],
  expected('an item of the scene, or { scene: …, item: … }'),
)

const states = {
  show: optional(item, "An item to make visible, of the cue's scene or { scene, item }"),
  hide: optional(item, "An item to hide, of the cue's scene or { scene, item }"),
  mute: optional(name('an input'), 'An input to mute'),
  unmute: optional(name('an input'), 'An input to unmute'),
}
const acts = {
  chapter: optional(name('the title of a chapter'), 'The title of a chapter in the recording'),
  media: optional(name('a media input'), 'A media input, with `do`'),
  do: optional(
    z.enum([...PLAIN_ACTS, ...MEDIA_ACTS], says(notDone)),
    'An act that needs no argument or, with `media`, what the media input does',
  ),
  text: optional(name('a text input'), 'A text input, with `value`'),
  value: optional(text('the text to show'), 'What the text input shows'),
  hotkey: optional(name('a hotkey'), 'The name of a hotkey inside OBS'),
}
const after = optional(duration, 'How long after the cue begins; default: at once')
const lasting = optional(duration, 'For how long; default: as long as the cue is on')

const stateForms = STATE_KEYS.map((verb) => ({ required: [verb] }))
const actForms = [
  { required: ['chapter'] },
  { required: ['media', 'do'], properties: { do: { enum: MEDIA_ACTS } } },
  { required: ['text', 'value'] },
  { required: ['hotkey'] },
  { required: ['do'], properties: { do: { enum: PLAIN_ACTS } }, not: { required: ['media'] } },
]
const actFormsOfCue = actForms.map((form) => ({ allOf: [form, { not: { required: ['for'] } }] }))

function notDone(input: unknown): string {
  const meant = typeof input === 'string' ? didYouMean(input, [...PLAIN_ACTS, ...MEDIA_ACTS]) : ''
  return `unknown value ${shown(input)}${meant || ': write an act such as startRecord; with `media`, play, pause, restart or stop'}`
}

/** An action of a cue. */
export const action = z.union(
  [
    plainAct,
    z.strictObject({ ...states, ...acts, after, for: lasting }).meta({ oneOf: [...stateForms, ...actFormsOfCue] }),
  ],
  expected('an action such as startRecord or { mute: Desk Mic }'),
)

/** An action of a scene, which is a state. */
export const stateAction = z
  .strictObject(
    { ...states, after, for: lasting },
    { error: 'write a state such as { mute: Desk Mic }; acts belong to cues' },
  )
  .meta({ oneOf: stateForms })

/** An act of `whenFinished`. */
export const act = z.union(
  [plainAct, z.strictObject(acts).meta({ oneOf: actForms })],
  expected('an act such as stopRecord or { chapter: The end }'),
)

type Written = z.infer<typeof action>
type Fields = Exclude<Written, string>

/** Turns actions that fit the schema into the form that the core uses. Those that say two things, or nothing, are reported and left out. */
export function readActions(written: readonly Written[], scene: string, path: Path, report: Report): readonly Action[] {
  return written
    .map((one, index) =>
      typeof one === 'string' ? { after: 0, act: { kind: one } } : readAction(one, scene, [...path, index], report),
    )
    .filter((one) => one !== undefined)
}

function readAction(written: Fields, scene: string, path: Path, report: Report): Action | undefined {
  const verb = onlyVerb(written, path, report)
  if (verb === null || !belongsTo(written, verb, path, report)) return undefined
  const after = written.after === undefined ? 0 : (parseDuration(written.after) ?? 0)
  const state = readState(written, scene)
  if (state !== null) return { after, for: written.for === undefined ? null : parseDuration(written.for), state }
  if (written.for !== undefined) {
    report(error('forOnAct', [...path, 'for'], `\`${verb}\` is done once, so it can't last: delete \`for\``))
    return undefined
  }
  const act = readAct(written)
  return act === null ? undefined : { after, act }
}

function onlyVerb(written: Fields, path: Path, report: Report): keyof Fields | null {
  const verbs = [...STATE_KEYS, ...ACT_KEYS]
  const isArgument = MEDIA_ACTS.some((act) => act === written.do)
  const [verb, second] = verbs.filter((key) => written[key] !== undefined && !(key === 'do' && isArgument))
  if (verb === undefined) {
    const message =
      written.do === undefined
        ? `this action doesn't say what to do: add one of ${listed(verbs)}`
        : `this action doesn't say what to ${written.do}: add \`media: …\`, a media input`
    report(error('emptyAction', path, message))
    return null
  }
  if (second !== undefined) {
    const message = `\`${verb}\` and \`${second}\` are two actions: write them as two entries`
    report({ ...error('twoActions', [...path, second], message), target: 'key' })
    return null
  }
  return verb
}

const PAIRS = [
  { owner: 'media', argument: 'do', add: '`do: play`, pause, restart or stop' },
  { owner: 'text', argument: 'value', add: '`value: …`, the text to show' },
] as const

/** Whether `do` is alone or with `media`, and `value` with `text`. */
function belongsTo(written: Fields, verb: keyof Fields, path: Path, report: Report): boolean {
  let fits = true
  for (const { owner, argument, add } of PAIRS) {
    const isGiven = verb !== argument && written[argument] !== undefined
    if ((verb === owner) === isGiven) continue
    fits = false
    if (!isGiven) report(error('missingKey', path, `\`${verb}\` doesn't say what to do with it: add ${add}`))
    else {
      const message = `\`${argument}\` belongs to \`${owner}\`, not to \`${verb}\`: delete it`
      report({ ...error('misplacedKey', [...path, argument], message), target: 'key' })
    }
  }
  return fits
}

function readState(written: Fields, scene: string): State | null {
  const shown = written.show ?? written.hide
  if (shown !== undefined) {
    const target = typeof shown === 'string' ? { scene, item: shown } : shown
    return { kind: 'item', scene: target.scene, item: target.item, visible: written.show !== undefined }
  }
  const input = written.mute ?? written.unmute
  return input === undefined ? null : { kind: 'mute', input, muted: written.mute !== undefined }
}

function readAct(written: Fields): Act | null {
  const plain = PLAIN_ACTS.find((act) => act === written.do)
  if (plain !== undefined) return { kind: plain }
  if (written.chapter !== undefined) return { kind: 'chapter', title: written.chapter }
  const done = MEDIA_ACTS.find((act) => act === written.do)
  if (written.media !== undefined && done !== undefined) return { kind: 'media', input: written.media, do: done }
  if (written.text !== undefined && written.value !== undefined)
    return { kind: 'text', input: written.text, value: written.value }
  return written.hotkey === undefined ? null : { kind: 'hotkey', name: written.hotkey }
}
