import { nextChange, step } from '../../playout/changes.ts'
import type { DueAct, Effect, PassedCue } from '../../playout/effect.ts'
import { pictureOf, samePicture } from '../../playout/picture.ts'
import type { Context } from './context.ts'

/** How many changes ahead to look for the next picture, since some changes don't touch it. */
const lookAhead = 16

/** What the outputs have to carry out now. */
export function effectOf(context: Context, passed: readonly PassedCue[], acts: readonly DueAct[]): Effect {
  const { air, show } = context
  return {
    at: show.at,
    takeId: air.take?.id ?? air.takeCount,
    cause: air.program.cause ?? 'command',
    wanted: air.picture,
    next: nextPicture(context),
    passed,
    acts,
  }
}

/** The next picture that differs, and when. All changes of one instant make one picture. */
function nextPicture({ timeline, air, show, change: first, outside }: Context): Effect['next'] {
  if (air.picture === null) return null
  let ahead = show
  let change = first
  for (let i = 0; i < lookAhead && change !== null; i++) {
    const { at } = change
    const stepped = step(timeline, ahead, change)
    ahead = stepped.show
    change = nextChange(timeline, ahead, stepped.ahead)
    if (change !== null && change.at === at) continue
    const picture = pictureOf(timeline, ahead, outside.scenes)
    if (picture === null) return null
    if (!samePicture(picture, air.picture)) return { at, picture }
  }
  return null
}
