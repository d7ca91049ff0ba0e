import { collectionLoaded, linkChanged, linkTroubled, readingBegun } from './arrival.ts'
import type { ObsEvent, Request } from './events.ts'
import * as media from './media.ts'
import { andThen, isHere, type Mirror, type Observed, silently } from './mirror.ts'
import { recordingChanged, streamChanged, streamRead } from './outputs.ts'
import { found } from './problems.ts'
import * as program from './program.ts'
import { sceneCreated, sceneRemoved, sceneRenamed, scenesRead } from './scenes.ts'
import { inputTarget, targetOf, withState } from './states.ts'
import * as transitions from './transitions.ts'
import { wished } from './wish.ts'

/** What OBS is known to show after this event, and the reports that follow. `verify` judges what becomes of a take. */
export function observe(before: Mirror, event: ObsEvent): Observed {
  const mirror = { ...before, at: event.at }
  switch (event.type) {
    case 'programChanged':
      return silently(isHere(mirror) ? program.programChanged(mirror, event.scene) : mirror)
    case 'transitionStarted':
      return silently(isHere(mirror) ? program.transitionStarted(mirror) : mirror)
    case 'transitionEnded':
      return silently(program.transitionEnded(mirror))
    case 'studioModeChanged':
      return silently({ ...mirror, studioMode: event.isOn, studioModeChangedAt: event.at })
    case 'cursorRead':
      return silently({ ...(event.runs ? mirror : program.transitionEnded(mirror)), cursorReadAt: event.at })

    // While a collection loads, OBS tells of scenes that mean nothing.
    case 'sceneCreated':
      return silently(isLoading(mirror) ? mirror : sceneCreated(mirror, event.scene))
    case 'sceneRemoved':
      return isLoading(mirror) ? silently(mirror) : sceneRemoved(mirror, event.scene)
    case 'sceneRenamed':
      return sceneRenamed(mirror, event.from, event.to)
    case 'scenesChanged':
      return silently(isLoading(mirror) ? mirror : { ...mirror, areScenesStale: true })
    case 'scenesRead':
      return isHere(mirror) ? bothRead(mirror, event.scenes, event.program) : silently(mirror)

    case 'transitionSelected':
      return silently(transitions.transitionSelected(mirror, event.name))
    case 'durationSet':
      return silently(transitions.durationSet(mirror, event.duration))
    case 'transitionRead':
      return silently(transitions.transitionRead(mirror, event.transition))
    case 'transitionsRead': {
      const take = { ...mirror.take, isTransitionChecked: true }
      return silently({ ...mirror, transitions: event.transitions, take })
    }

    case 'playbackStarted':
      return silently(media.playbackStarted(mirror, event.input))
    case 'playbackEnded':
      return silently(media.playbackEnded(mirror, event.input))
    case 'mediaRead':
      return media.mediaRead(mirror, event.input, event.status)
    case 'time':
      return media.mediaOverdue(mirror)

    case 'streamChanged':
      return streamChanged(mirror, event.outputState)
    case 'recordingChanged':
      return recordingChanged(mirror, event.outputState)
    case 'streamRead':
      return streamRead(mirror, event.stream)

    case 'collectionChanging':
      return silently({ ...mirror, loadingSince: event.at, suspicions: [] })
    case 'collectionChanged':
      return silently(collectionLoaded(mirror))
    case 'profileChanged':
      return silently({ ...mirror, isStale: true })
    case 'link':
      return linkChanged(mirror, event.state)
    case 'trouble':
      return silently(linkTroubled(mirror, event.error))
    case 'readingBegins':
      return silently(readingBegun(mirror))
    case 'read':
      return silently({ ...mirror, reading: event.reading })
    case 'framesCounted': {
      const { frames } = mirror
      return silently(
        frames === null ? mirror : { ...mirror, frames: { ...frames, frames: event.frames, at: event.at } },
      )
    }

    case 'sent':
      return silently(sent(mirror, event.request))
    case 'done':
      return silently(answered(mirror, event.request, null))
    case 'refused':
      return silently(answered(mirror, event.request, event.message))
    case 'unanswered':
      return silently(unanswered(mirror, event.request))
    case 'acted': {
      const { name: about, due, wrong } = event
      const subject = { kind: 'act', cue: due.cue, act: due.act } as const
      return silently(found(mirror, { code: 'actFailed', about, subject }, wrong))
    }
    case 'leaving':
      return silently({ ...mirror, leavingSince: event.at })
    case 'wished':
      return silently(wished(mirror, event.effect))
  }
}

const isLoading = ({ loadingSince }: Mirror): boolean => loadingSince !== null

function bothRead(mirror: Mirror, scenes: readonly string[], shown: string): Observed {
  const listed = scenesRead(mirror, scenes)
  return mirror.asked === null ? andThen(listed, (known) => program.programRead(known, shown)) : listed
}

/** A request goes out: OBS may announce what follows from it before it answers. */
function sent(mirror: Mirror, request: Request): Mirror {
  switch (request.type) {
    case 'scene':
      return program.sceneSent(mirror)
    case 'transition':
      return { ...mirror, selected: request.name }
    case 'transitionDuration':
      return transitions.durationSent(mirror, request.duration)
    case 'lookAtMedia':
      return media.mediaLooked(mirror, request.input)
    case 'restartMedia':
      return media.restartedOnceMore(mirror, request.input)
    case 'look':
      if (request.at === 'scenes') return program.programLooked({ ...mirror, areScenesStale: false })
      if (request.at === 'stream') return { ...mirror, streamLookAt: null }
      if (request.at === 'everything') return isLoading(mirror) ? collectionLoaded(mirror) : mirror
      return mirror
    default:
      return mirror
  }
}

/** `wrong` null: OBS has done it. Otherwise it has refused it: the show goes on without, and the operator is told. */
function answered(mirror: Mirror, request: Request, wrong: string | null): Mirror {
  switch (request.type) {
    case 'transition':
      if (wrong === null) return transitions.selectionDone(mirror, request.name)
      return { ...mirror, transitions: mirror.transitions.filter(({ name }) => name !== request.name) }
    case 'media': {
      const { input, run, scene } = request
      const begun = wrong === null ? media.restarted(mirror, input, scene) : mirror
      return found({ ...begun, media: { input, run } }, inputTarget(input), wrong)
    }
    case 'state': {
      const { state, how } = request
      const set = { ...mirror, states: withState(mirror.states, state, how, wrong === null) }
      return how === 'leaves' ? set : found(set, targetOf(state), wrong)
    }
    default:
      return wrong !== null && request.type === 'look' ? unanswered(mirror, request) : mirror
  }
}

/** Before the same is asked again. */
const LOOK_AGAIN_AFTER = 250

function unanswered(mirror: Mirror, request: Request): Mirror {
  const rested = { ...mirror, restsUntil: mirror.at + LOOK_AGAIN_AFTER }
  if (request.type === 'lookAtMedia') return media.mediaUnread(rested, request.input)
  if (request.type !== 'look' || request.at !== 'scenes') return rested
  const suspicions = mirror.suspicions.map((one) => ({ ...one, isLooked: false }))
  return { ...rested, areScenesStale: true, suspicions }
}
