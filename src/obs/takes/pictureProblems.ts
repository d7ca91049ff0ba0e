import type { Picture } from '../../playout/effect.ts'
import type { Problems } from '../link/problems.ts'
import type { Sight } from '../mirror/known.ts'
import { missingTransition, whatHasLeft } from './conform.ts'
import { itemName } from './items.ts'
import { nearestInWords } from './nearest.ts'

/** States that OBS has refused have no opposite to be sent, and their problems end with their place in the picture. */
export function forgetWhatLeft(wanted: Picture, sight: Sight, problems: Problems): void {
  const { states } = sight.now()
  const left = whatHasLeft(wanted, states)
  sight.learn({ states: states.filter((sent) => sent.done || !left.includes(sent)) })
  const inputs = wanted.states.flatMap((state) => (state.kind === 'mute' ? [state.input] : []))
  problems.keepOnly('unknownInput', wanted.media === null ? inputs : [...inputs, wanted.media.input])
  problems.keepOnly(
    'unknownItem',
    wanted.states.flatMap((state) => (state.kind === 'item' ? [itemName(state)] : [])),
  )
}

/** The scene change matters more than how it looks: without its transition it comes with the one that is selected. */
export function sayMissingTransition(wanted: Picture, sight: Sight, problems: Problems): void {
  const known = sight.now()
  const missing = missingTransition(wanted, known)
  problems.keepOnly('unknownTransition', missing === null ? [] : [missing])
  if (missing === null) return
  const nearest = nearestInWords(
    missing,
    known.transitions.map(({ name }) => name),
  )
  const message = `OBS has no transition "${missing}"; ${nearest}. ${wanted.scene} comes with the selected one`
  problems.raise('unknownTransition', missing, message, {
    severity: 'warning',
    subject: { kind: 'transition', name: missing },
  })
}
