import type { State } from '../../schedule/model/schedule.ts'
import type { Clock, Millis } from '../../time/clock.ts'
import { pause } from '../link/deadline.ts'
import { ObsError, status } from '../link/obsError.ts'
import type { Problems } from '../link/problems.ts'
import { type Ask, askInputs, askMediaRestart, askTransition } from '../link/requests.ts'
import { type Sight, withState } from '../mirror/known.ts'
import type { Request } from './conform.ts'
import { type ItemState, itemName, setItem } from './items.ts'
import { nearestInWords } from './nearest.ts'

export type PerformPort = {
  readonly clock: Clock
  readonly sight: Sight
  readonly problems: Problems
  transitionRuns(): boolean
  mediaRestarted(input: string, scene: string): void
}

/** Any request but the scene itself: what goes wrong with it is a problem, and the show goes on. */
export type Surroundings = Exclude<Request, { type: 'scene' }>

/** Rejects only when the link is at fault; the request is then still to be done. */
export async function perform(request: Surroundings, ask: Ask, port: PerformPort): Promise<void> {
  switch (request.type) {
    case 'transition':
      return await selectTransition(request.name, request.reason, ask, port)
    case 'transitionDuration':
      return await setDuration(request.duration, request.reason, ask, port)
    case 'media':
      return await restartMedia(request, ask, port)
    case 'state':
      return await setState(request, ask, port)
  }
}

async function selectTransition(name: string, reason: string, ask: Ask, port: PerformPort): Promise<void> {
  const { sight } = port
  const { transition, transitions, replaced } = sight.now()
  // Before the request, as OBS may announce the change before it answers.
  sight.learn({ selected: name })
  const error = await refusal(ask('SetCurrentSceneTransition', reason, { transitionName: name }))
  if (error !== null) return sight.learn({ transitions: transitions.filter((known) => known.name !== name) })
  const isBack = replaced.name === name
  const isDoubtful = port.transitionRuns()
  sight.learn({
    transition: { ...transition, name },
    isTransitionDoubtful: isDoubtful,
    replaced: { ...replaced, name: isBack ? null : (replaced.name ?? transition.name) },
  })
  const hasDuration = transitions.some((known) => known.name === name && !known.fixed)
  if (!hasDuration || isDoubtful || transition.duration !== null) return
  await learnDuration(name, ask, port)
}

/** Only once a transition with a duration is selected does OBS tell the operator's, and it answers before its window has followed. */
async function learnDuration(name: string, ask: Ask, { clock, sight }: PerformPort): Promise<void> {
  const givesUpAt = clock.now() + WINDOW_FOLLOWS_WITHIN
  while (clock.now() < givesUpAt) {
    const selected = await askTransition(ask, "the operator's duration can be read only now")
    if (selected.name === name) return sight.learn({ transition: selected })
    await pause(clock, LOOK_AGAIN_AFTER)
  }
}

const WINDOW_FOLLOWS_WITHIN: Millis = 200
const LOOK_AGAIN_AFTER: Millis = 5

async function setDuration(duration: number, reason: string, ask: Ask, { sight }: PerformPort): Promise<void> {
  const { transition, replaced } = sight.now()
  sight.learn({ transition: { ...transition, duration } })
  await refusal(ask('SetCurrentSceneTransitionDuration', reason, { transitionDuration: duration }))
  const isBack = replaced.duration === duration
  sight.learn({ replaced: { ...replaced, duration: isBack ? null : (replaced.duration ?? transition.duration) } })
}

async function restartMedia(
  { input, run, scene, reason }: Extract<Request, { type: 'media' }>,
  ask: Ask,
  { sight, problems, mediaRestarted }: PerformPort,
): Promise<void> {
  const error = await refusal(askMediaRestart(ask, reason, input))
  sight.learn({ media: { input, run } })
  if (error === null) mediaRestarted(input, scene)
  await tellInput(input, error, ask, problems)
}

async function setState(
  { state, how, reason }: Extract<Request, { type: 'state' }>,
  ask: Ask,
  { sight, problems }: PerformPort,
): Promise<void> {
  const error = await refusal(state.kind === 'mute' ? setMute(state, reason, ask) : setItem(state, reason, ask))
  sight.learn({ states: withState(sight.now(), state, how, error === null) })
  if (how === 'leaves') return
  if (state.kind === 'mute') await tellInput(state.input, error, ask, problems)
  else tellItem(state, error, problems)
}

async function tellInput(input: string, error: ObsError | null, ask: Ask, problems: Problems): Promise<void> {
  if (error === null) return problems.clear('unknownInput', input)
  const message = await missingInput(input, error, ask)
  problems.raise('unknownInput', input, message, { subject: { kind: 'input', input } })
}

function tellItem({ scene, item }: ItemState, error: ObsError | null, problems: Problems): void {
  const about = itemName({ scene, item })
  if (error === null) problems.clear('unknownItem', about)
  else problems.raise('unknownItem', about, error.message, { subject: { kind: 'item', scene, item } })
}

async function setMute({ input, muted }: Extract<State, { kind: 'mute' }>, reason: string, ask: Ask): Promise<unknown> {
  return await ask('SetInputMute', reason, { inputName: input, inputMuted: muted })
}

/** What a missing input's message says: its nearest names, or, where it is there, what OBS said. */
export async function missingInput(input: string, error: ObsError, ask: Ask): Promise<string> {
  if (error.code !== status.notFound) return `the input "${input}": ${error.message}`
  const inputs = await askInputs(ask, 'to name the nearest inputs')
  return `OBS has no input "${input}"; ${nearestInWords(input, inputs)}`
}

/** Null when OBS has done it, its error when it has refused; rejects when it could not be asked. */
export async function refusal(work: Promise<unknown>): Promise<ObsError | null> {
  try {
    await work
    return null
  } catch (thrown) {
    if (thrown instanceof ObsError && thrown.reason === 'refused') return thrown
    throw thrown
  }
}
