import { sceneNames } from '../schedule/model/names.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Millis } from '../time/clock.ts'
import type { InputSpec, Scenery } from './scenery.ts'

/** The scene that is on first. No schedule has to name it. */
export const firstScene = 'Simulator'

/** Everything in OBS that a schedule names, so that it can be played without OBS. The scene `Simulator` comes first. */
export function sceneryOf(schedule: Schedule): Required<Scenery> & { readonly transitions: readonly string[] } {
  const { cues, scenes, whenFinished } = schedule
  const parts = [...cues, ...Object.values(scenes)]
  const actions = parts.flatMap((part) => part.actions)
  const states = actions.flatMap((action) => ('state' in action ? [action.state] : []))
  const acts = [...actions.flatMap((action) => ('act' in action ? [action.act] : [])), ...whenFinished]
  const films = cues.flatMap(({ scene, media, duration }) => (media === null ? [] : [{ scene, item: media, duration }]))
  const media = [...films.map(({ item }) => item), ...acts.flatMap((act) => (act.kind === 'media' ? [act.input] : []))]

  return {
    scenes: unique([firstScene, ...sceneNames(schedule)]),
    // Of several with one name, the first is made.
    inputs: [
      ...unique(media).map((name) => ({ name, mediaDuration: longest(films.filter(({ item }) => item === name)) })),
      ...acts.flatMap((act) => (act.kind === 'text' ? inputOf(act.input, 'text_ft2_source_v2') : [])),
      ...states.flatMap((state) => (state.kind === 'mute' ? inputOf(state.input, 'pulse_input_capture') : [])),
    ],
    items: [...states.flatMap((state) => (state.kind === 'item' ? [state] : [])), ...films],
    transitions: unique([schedule, ...parts].flatMap(({ transition }) => transition?.name ?? [])),
  }
}

const inputOf = (name: string, kind: string): InputSpec => ({ name, kind })

const unnamedLength: Millis = 10_000

/** A media input plays for the duration of its cue, or of the longest of its cues. */
const longest = (films: readonly { readonly duration: Millis | null }[]): Millis =>
  Math.max(0, ...films.map(({ duration }) => duration ?? 0)) || unnamedLength
const unique = (names: readonly string[]): string[] => [...new Set(names)]
