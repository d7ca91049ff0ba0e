import type { Millis } from '../time/clock.ts'
import type { Obs } from './obs.ts'
import { inputFields } from './sources.ts'
import type { Input, Media } from './world.ts'

const actions = ['PLAY', 'PAUSE', 'STOP', 'RESTART', 'NEXT', 'PREVIOUS'] as const
type MediaAction = (typeof actions)[number]

/** An action as requests and events name it. */
const nameOf = (action: MediaAction) => `OBS_WEBSOCKET_MEDIA_INPUT_ACTION_${action}`

export const mediaAction = (name: string): MediaAction | undefined => actions.find((action) => nameOf(action) === name)

/** Does to a media input what an operator or a client asks. Other kinds of inputs ignore it. */
export function doToMedia(obs: Obs, input: Input, action: MediaAction): void {
  const { media } = input
  if (!media) return
  if (action === 'RESTART') roll(obs, input, media, 0)
  if (action === 'PLAY' && media.since === null) roll(obs, input, media, media.state === 'paused' ? media.cursor : 0)
  if (action === 'PAUSE' && media.state === 'playing') hold(obs, media)
  // Before OBS 30, a stop also sent the event that the media ended.
  if (action === 'STOP' && media.state !== 'none') rewind(media, 'stopped')
  obs.emit('MediaInputActionTriggered', { ...inputFields(input), mediaAction: nameOf(action) })
}

/** The input comes on air. */
export function showUp(obs: Obs, input: Input): void {
  if (input.media && restartsOnAir(input)) doToMedia(obs, input, 'RESTART')
}

/** The input goes off air. OBS then reports that its media ended, as if it had played to its end. */
export function letGo(obs: Obs, input: Input): void {
  if (input.media?.since != null && restartsOnAir(input)) end(obs, input, input.media)
}

export function cursorOf(obs: Obs, media: Media): Millis {
  return media.since === null ? media.cursor : media.cursor + obs.now() - media.since
}

function roll(obs: Obs, input: Input, media: Media, from: Millis): void {
  media.forgetEnd()
  media.state = 'playing'
  media.cursor = from
  media.since = null
  // A file that restarts on air is not decoded off air: its state is playing, but its cursor stands still.
  const decoded = obs.world.active.has(input) || !restartsOnAir(input)
  if (media.duration === null || !decoded) return
  media.since = obs.now()
  media.forgetEnd = obs.after(media.duration - from, () =>
    input.settings['looping'] === true ? roll(obs, input, media, 0) : end(obs, input, media),
  )
  obs.emit('MediaInputPlaybackStarted', inputFields(input))
}

function hold(obs: Obs, media: Media): void {
  media.forgetEnd()
  media.cursor = cursorOf(obs, media)
  media.since = null
  media.state = 'paused'
}

function end(obs: Obs, input: Input, media: Media): void {
  rewind(media, 'ended')
  obs.emit('MediaInputPlaybackEnded', inputFields(input))
}

function rewind(media: Media, state: 'stopped' | 'ended'): void {
  media.forgetEnd()
  media.state = state
  media.cursor = 0
  media.since = null
}

const restartsOnAir = (input: Input) => input.settings['restart_on_activate'] !== false
