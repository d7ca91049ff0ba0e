import { nextChange, playMarks, step } from '../../playout/changes.ts'
import type { Effect } from '../../playout/effect.ts'
import { pictureOf, samePicture } from '../../playout/picture.ts'
import type { Context } from './context.ts'

/** How far ahead to look for the next picture: changes that don't touch it may come first. */
const lookAhead = 8

/** What an adapter is to carry out. */
export function effectOf(context: Context): Effect {
  const { takeCount, program, picture, show } = context
  const { passed, acts } = context.yield
  return {
    at: show.at,
    takeId: context.take?.id ?? takeCount,
    cause: program.cause ?? 'command',
    wanted: picture,
    next: nextPicture(context),
    passed,
    acts,
  }
}

function nextPicture({ timeline, picture, show, scenes }: Context): Effect['next'] {
  if (picture === null) return null
  let ahead = show
  for (let i = 0; i < lookAhead; i++) {
    const change = nextChange(timeline, ahead)
    if (change === null) return null
    const stepped = step(timeline, ahead, change).show
    ahead = timeline === null ? stepped : playMarks(timeline, stepped)
    const next = pictureOf(timeline, ahead, scenes)
    if (next === null) return null
    if (!samePicture(next, picture)) return { at: change.at, picture: next }
  }
  return null
}
