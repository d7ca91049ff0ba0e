import { parseDuration } from '../../time/duration.ts'
import type { Act, Action, State, StateAction } from '../model/schedule.ts'
import {
  ACT_KEYS,
  MEDIA_ACTS,
  PLAIN_ACTS,
  STATE_KEYS,
  type WrittenAct,
  type WrittenAction,
  type WrittenState,
} from './actionSchema.ts'
import { error, type Path, type Report } from './finding.ts'
import { listed } from './issues.ts'

/** Turns an action that fits the schema into the form that the core uses; undefined if it was reported as wrong. */
export function readAction(written: WrittenAction, scene: string, path: Path, report: Report): Action | undefined {
  if (typeof written === 'string') return { after: 0, act: { kind: written } }
  const verb = onlyVerb(written, [...STATE_KEYS, ...ACT_KEYS], path, report)
  if (verb === null || !belongsTo(written, verb, path, report)) return undefined
  const after = written.after === undefined ? 0 : (parseDuration(written.after) ?? 0)
  const state = readState(written, scene)
  if (state !== null) {
    return { after, for: written.for === undefined ? null : parseDuration(written.for), state }
  }
  if (written.for !== undefined) {
    report(error('forOnAct', [...path, 'for'], `\`${verb}\` is done once, so it can't last: delete \`for\``))
    return undefined
  }
  const act = readAct(written)
  return act === null ? undefined : { after, act }
}

/** The same for an action of a scene, which is a state. */
export function readStateAction(
  written: WrittenState,
  scene: string,
  path: Path,
  report: Report,
): StateAction | undefined {
  const action = readAction(written, scene, path, report)
  return action !== undefined && 'state' in action ? action : undefined
}

/** The same for an act of `whenFinished`. */
export function readWhenFinished(written: WrittenAct, path: Path, report: Report): Act | undefined {
  const action = readAction(written, '', path, report)
  return action !== undefined && 'act' in action ? action.act : undefined
}

type Fields = Exclude<WrittenAction, string>

function onlyVerb(written: Fields, verbs: readonly (keyof Fields)[], path: Path, report: Report): keyof Fields | null {
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

/** Whether `do` is alone or with `media`, and `value` with `text`. */
function belongsTo(written: Fields, verb: keyof Fields, path: Path, report: Report): boolean {
  const pairs = [
    { verb: 'media', argument: 'do', add: '`do: play`, pause, restart or stop' },
    { verb: 'text', argument: 'value', add: '`value: …`, the text to show' },
  ] as const
  let fits = true
  for (const pair of pairs) {
    const given = verb !== pair.argument && written[pair.argument] !== undefined
    if (verb === pair.verb && !given) {
      report(error('missingKey', path, `\`${verb}\` doesn't say what to do with it: add ${pair.add}`))
      fits = false
    }
    if (verb !== pair.verb && given) {
      const message = `\`${pair.argument}\` belongs to \`${pair.verb}\`, not to \`${verb}\`: delete it`
      report({ ...error('misplacedKey', [...path, pair.argument], message), target: 'key' })
      fits = false
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
  if (written.text !== undefined && written.value !== undefined) {
    return { kind: 'text', input: written.text, value: written.value }
  }
  return written.hotkey === undefined ? null : { kind: 'hotkey', name: written.hotkey }
}
