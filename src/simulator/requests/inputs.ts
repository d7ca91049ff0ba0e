import { cursorOf, doToMedia, mediaAction } from '../mediaPlayback.ts'
import type { Obs, Requests } from '../obs.ts'
import { Status } from '../protocol.ts'
import { found, need } from '../requestFields.ts'
import { addInput, addItem, inputKinds, removeInput } from '../scenery.ts'
import { inputFields, kindFields, sourceNamed, theInput, theScene } from '../sources.ts'
import type { Input } from '../world.ts'

export function inputRequests(obs: Obs): Requests {
  const { world } = obs
  return {
    GetInputKindList: () => ({ inputKinds }),
    GetInputList: (fields) => {
      const kind = fields.has('inputKind') ? fields.string('inputKind') : null
      return { inputs: world.collection.inputs.filter((one) => kind === null || one.kind === kind).map(described) }
    },
    CreateInput: (fields) => {
      const scene = theScene(world, fields)
      const name = fields.string('inputName')
      const kind = fields.string('inputKind')
      const isNew = sourceNamed(world, name) === undefined
      need(isNew, Status.resourceAlreadyExists, 'A source already exists by that input name.')
      need(
        inputKinds.includes(kind),
        Status.invalidInputKind,
        'Your specified input kind is not supported by OBS. Check that your specified kind is properly versioned and that any necessary plugins are loaded.',
      )
      const settings = fields.has('inputSettings') ? fields.object('inputSettings') : {}
      const enabled = fields.has('sceneItemEnabled') ? fields.boolean('sceneItemEnabled') : true
      const input = addInput(obs, { name, kind }, settings)
      return { inputUuid: input.uuid, sceneItemId: addItem(obs, scene, input, enabled).id }
    },
    RemoveInput: (fields) => removeInput(obs, theInput(world, fields)),
    GetInputMute: (fields) => ({ inputMuted: withAudio(theInput(world, fields)).muted }),
    SetInputMute: (fields) => {
      mute(obs, withAudio(theInput(world, fields)), fields.boolean('inputMuted'))
    },
    ToggleInputMute: (fields) => {
      const input = withAudio(theInput(world, fields))
      mute(obs, input, !input.muted)
      return { inputMuted: input.muted }
    },
    GetInputSettings: (fields) => {
      const { settings, kind } = theInput(world, fields)
      return { inputSettings: settings, inputKind: kind }
    },
    SetInputSettings: (fields) => {
      const input = theInput(world, fields)
      const settings = fields.object('inputSettings')
      const overlay = !fields.has('overlay') || fields.boolean('overlay')
      input.settings = overlay ? { ...input.settings, ...settings } : settings
      obs.emit('InputSettingsChanged', { ...inputFields(input), inputSettings: input.settings })
    },
    GetMediaInputStatus: (fields) => {
      const { media } = theInput(world, fields)
      const state = media?.state ?? 'none'
      const timed = media !== null && (state === 'playing' || state === 'paused')
      return {
        mediaState: `OBS_MEDIA_STATE_${state.toUpperCase()}`,
        mediaDuration: timed ? (media.duration ?? 0) : null,
        mediaCursor: timed ? cursorOf(obs, media) : null,
      }
    },
    TriggerMediaInputAction: (fields) => {
      const input = theInput(world, fields)
      const action = mediaAction(fields.string('mediaAction'))
      const comment = 'You have specified an invalid media input action.'
      doToMedia(obs, input, found(action, Status.invalidRequestField, comment))
    },
  }
}

/** OBS sends the event even when nothing has changed. */
function mute(obs: Obs, input: Input, inputMuted: boolean): void {
  input.muted = inputMuted
  obs.emit('InputMuteStateChanged', { ...inputFields(input), inputMuted })
}

function withAudio(input: Input): Input {
  need(input.hasAudio, Status.invalidResourceState, 'The specified input does not support audio.')
  return input
}

const described = (input: Input) => ({ ...inputFields(input), ...kindFields(input) })
