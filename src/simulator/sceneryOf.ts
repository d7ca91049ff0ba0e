import { sceneNames } from '../schedule/model/names.ts'
import type { Act, Action, Schedule, State, Transition } from '../schedule/model/schedule.ts'
import type { Millis } from '../time/clock.ts'
import type { InputSpec, Scenery } from './scenery.ts'

/** The scene that is on first. No schedule has to name it. */
export const firstScene = 'Simulator'

/** Everything in OBS that a schedule names, so that it can be played without OBS. The scene `Simulator` comes first. */
export function sceneryOf(schedule: Schedule): Required<Scenery> & { readonly transitions: readonly string[] } {
  const states = [
    ...schedule.cues.flatMap(({ actions }) => actions.flatMap(statesOf)),
    ...Object.values(schedule.scenes).flatMap(({ actions }) => actions.flatMap(statesOf)),
  ]
  const acts = [...schedule.cues.flatMap(({ actions }) => actions.flatMap(actsOf)), ...schedule.whenFinished]
  const items = states.flatMap((state) => (state.kind === 'item' ? [{ scene: state.scene, item: state.item }] : []))
  const films = schedule.cues.flatMap(({ scene, media, duration }) =>
    media === null ? [] : [{ scene, media, duration }],
  )

  return {
    scenes: unique([firstScene, ...sceneNames(schedule)]),
    inputs: inputsOf(films, states, acts),
    items: [...items, ...films.map(({ scene, media }) => ({ scene, item: media }))],
    transitions: unique(
      [
        schedule.transition,
        ...schedule.cues.map(ofTransition),
        ...Object.values(schedule.scenes).map(ofTransition),
      ].flatMap((transition) => (transition === null ? [] : [transition.name])),
    ),
  }
}

type Film = { readonly media: string; readonly duration: Millis | null }

/** A media input plays for the duration of its cue, or of the longest of its cues. */
function inputsOf(films: readonly Film[], states: readonly State[], acts: readonly Act[]): InputSpec[] {
  const media = unique([
    ...films.map((film) => film.media),
    ...acts.flatMap((act) => (act.kind === 'media' ? [act.input] : [])),
  ])
  const specs: InputSpec[] = [
    ...media.map((name) => ({ name, mediaDuration: longest(films.filter((film) => film.media === name)) })),
    ...acts.flatMap((act) => (act.kind === 'text' ? [{ name: act.input, kind: 'text_ft2_source_v2' }] : [])),
    ...states.flatMap((state) => (state.kind === 'mute' ? [{ name: state.input, kind: 'pulse_input_capture' }] : [])),
  ]
  return unique(specs.map(({ name }) => name)).flatMap((name) => specs.find((spec) => spec.name === name) ?? [])
}

const unnamedLength: Millis = 10_000
const longest = (films: readonly Film[]): Millis =>
  Math.max(0, ...films.map(({ duration }) => duration ?? 0)) || unnamedLength
const statesOf = (action: Action): State[] => ('state' in action ? [action.state] : [])
const actsOf = (action: Action): Act[] => ('act' in action ? [action.act] : [])
const ofTransition = ({ transition }: { readonly transition: Transition | null }): Transition | null => transition
const unique = (names: readonly string[]): string[] => [...new Set(names)]
