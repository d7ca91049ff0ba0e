import type { Act, Action, Schedule } from '../model/schedule.ts'
import type { Path } from '../schema/finding.ts'

/** Something in OBS that a schedule names, or one of its acts. For an act of `whenFinished`, `cue` is null. */
export type Subject =
  | { readonly kind: 'input'; readonly input: string }
  | { readonly kind: 'item'; readonly scene: string; readonly item: string }
  | { readonly kind: 'transition'; readonly name: string }
  | { readonly kind: 'act'; readonly cue: string | null; readonly act: Act }

/** The path at which the schedule first names it, cues before scenes; null if it doesn't. */
export function whereNamed(schedule: Schedule, subject: Subject): Path | null {
  switch (subject.kind) {
    case 'transition':
      return transitionNamed(schedule, subject.name)
    case 'input':
      return actionThat(schedule, (action) => inputOf(action) === subject.input, subject.input)
    case 'item':
      return actionThat(
        schedule,
        (action) =>
          'state' in action &&
          action.state.kind === 'item' &&
          action.state.scene === subject.scene &&
          action.state.item === subject.item,
      )
    case 'act':
      return placeOfAct(schedule, subject.cue, JSON.stringify(subject.act))
  }
}

function transitionNamed({ transition, cues, scenes }: Schedule, name: string): Path | null {
  if (transition?.name === name) return ['transition']
  const cue = cues.findIndex((one) => one.transition?.name === name)
  if (cue >= 0) return ['cues', cue, 'transition']
  const scene = Object.entries(scenes).find(([, one]) => one.transition?.name === name)
  return scene === undefined ? null : ['scenes', scene[0], 'transition']
}

/** The first such action, or the first cue with this `media`. */
function actionThat(
  { cues, scenes }: Schedule,
  isMeant: (action: Action) => boolean,
  media: string | null = null,
): Path | null {
  for (const [place, cue] of cues.entries()) {
    if (media !== null && cue.media === media) return ['cues', place, 'media']
    const action = cue.actions.findIndex(isMeant)
    if (action >= 0) return ['cues', place, 'actions', action]
  }
  for (const [scene, { actions }] of Object.entries(scenes)) {
    const action = actions.findIndex(isMeant)
    if (action >= 0) return ['scenes', scene, 'actions', action]
  }
  return null
}

function inputOf(action: Action): string | null {
  const named = 'state' in action ? action.state : action.act
  return 'input' in named ? named.input : null
}

/** Acts are compared by content, because they may come from an earlier reading of the file. */
function placeOfAct({ cues, whenFinished }: Schedule, cue: string | null, act: string): Path | null {
  const isIt = (one: Act) => JSON.stringify(one) === act
  if (cue === null) {
    const place = whenFinished.findIndex(isIt)
    return place < 0 ? null : ['whenFinished', place]
  }
  const place = cues.findIndex(({ id }) => id === cue)
  const action = cues[place]?.actions.findIndex((one) => 'act' in one && isIt(one.act)) ?? -1
  return action < 0 ? null : ['cues', place, 'actions', action]
}
