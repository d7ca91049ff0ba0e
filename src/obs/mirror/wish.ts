import type { Effect, Picture } from '../../playout/effect.ts'
import { isHere, type Mirror, noTake } from './mirror.ts'
import { keepOnly } from './problems.ts'
import { inputTarget, targetOf, whatHasLeft } from './states.ts'

/** The core wants something else: a new take where the id is new, otherwise the same take with other surroundings. */
export function wished(mirror: Mirror, { takeId, cause, wanted, next }: Effect): Mirror {
  const { take } = mirror
  if (wanted === null) {
    const states = isHere(mirror) ? whatHasLeft(take.wanted, mirror.states) : []
    return { ...mirror, take: { ...noTake, cause }, states }
  }
  const begun = takeId === take.id ? mirror : newTake(mirror, takeId, wanted)
  return forgetWhatLeft({ ...begun, take: { ...begun.take, cause, wanted, next } }, wanted)
}

function newTake(mirror: Mirror, id: number, wanted: Picture): Mirror {
  const { transition, isTransitionDoubtful, asked, at } = mirror
  // The scene may be on its way already, for the take before.
  const sentAt = asked?.scene === wanted.scene ? asked.sentAt : null
  return {
    ...mirror,
    take: { ...noTake, id, isSettled: false, sentAt },
    asked: sentAt === null || asked === null ? asked : { ...asked, takeId: id },
    transition: isTransitionDoubtful ? { ...transition, name: null } : transition,
    isTransitionDoubtful: false,
    // What OBS has refused is tried again with each take: somebody may have mended it, and OBS doesn't tell.
    states: mirror.states.filter(({ done }) => done),
    restsUntil: at,
  }
}

/** States that OBS has refused have no opposite to be sent, and their problems end with their place in the picture. */
function forgetWhatLeft(mirror: Mirror, wanted: Picture): Mirror {
  const left = whatHasLeft(wanted, mirror.states)
  const states = mirror.states.filter((sent) => sent.done || !left.includes(sent))
  const targets = [
    ...wanted.states.map(targetOf),
    ...(wanted.media === null ? [] : [inputTarget(wanted.media.input)]),
  ].map(({ about }) => about)
  return keepOnly(keepOnly({ ...mirror, states }, 'unknownInput', targets), 'unknownItem', targets)
}
