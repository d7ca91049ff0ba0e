import { letGo, showUp } from './mediaPlayback.ts'
import type { Obs } from './obs.ts'
import type { Fields } from './protocol.ts'
import { inputFields, inputsShown, sceneFields } from './sources.ts'
import type { Input, Scene } from './world.ts'

/** Puts a scene on program. Outside studio mode, the scene that is on already changes nothing. */
export function putOnProgram(obs: Obs, scene: Scene): void {
  const { world } = obs
  const left = world.collection.program
  if (!world.preview) {
    if (scene !== left) beginTransition(obs, scene)
    return
  }
  world.swap = left
  // In studio mode, OBS drops a scene that is set in mid-transition, but reports it as program from then on (seen on
  // OBS 29 to 32). A transition counts from its first frame.
  if (world.running && world.running.sinceFrame < obs.framesRendered()) world.collection.program = scene
  else beginTransition(obs, scene)
}

/** Replaces a removed program scene by the one below it, or by the last one. */
export function replaceOnProgram(obs: Obs, removedAt: number): void {
  const { scenes } = obs.world.collection
  const next = scenes[Math.min(removedAt, scenes.length - 1)]
  if (next) beginTransition(obs, next)
}

export function setStudioMode(obs: Obs, enabled: boolean): void {
  const { world } = obs
  if (enabled === (world.preview !== null)) return
  if (!enabled) {
    const waiting = world.preview ?? world.collection.program
    world.preview = null
    world.swap = null
    world.collection.program = world.onAir
    // OBS sends these two events although nothing changed.
    obs.emit('CurrentProgramSceneChanged', sceneFields(waiting))
    obs.emit('CurrentProgramSceneChanged', sceneFields(world.onAir))
  } else {
    world.preview = world.collection.program
  }
  obs.emit('StudioModeStateChanged', { studioModeEnabled: enabled })
}

/** Starts and ends what inputs do when they come on air or go off air. */
export function refreshActive(obs: Obs): void {
  const { world } = obs
  const before = world.active
  const after = new Set([...inputsShown(world.onAir), ...(world.running ? inputsShown(world.running.from) : [])])
  world.active = after
  const tell = (input: Input, videoActive: boolean) =>
    obs.emit('InputActiveStateChanged', { ...inputFields(input), videoActive })
  for (const input of [...before].filter((one) => !after.has(one))) {
    tell(input, false)
    letGo(obs, input)
  }
  for (const input of [...after].filter((one) => !before.has(one))) {
    tell(input, true)
    showUp(obs, input)
  }
}

function beginTransition(obs: Obs, to: Scene): void {
  const { world } = obs
  // A transition override of the scene beats the current transition.
  const saved = world.collection.transitions.find(({ name }) => name === to.override.name)
  const transition = saved ?? world.collection.transition
  const length = transition.length ?? to.override.duration ?? world.collection.transitionDuration
  const named = { transitionName: transition.name, transitionUuid: transition.uuid }

  // A transition that is still running is cut short without an event.
  world.running?.forgetEnd()
  const from = world.onAir
  const sinceFrame = obs.framesRendered()
  world.running = { from, sinceFrame, length, forgetEnd: obs.atFrame(length, () => endTransition(obs, named)) }
  world.collection.program = to
  world.onAir = to
  obs.emit('SceneTransitionStarted', named)
  refreshActive(obs)
}

function endTransition(obs: Obs, named: Fields): void {
  const { world } = obs
  world.running = null
  refreshActive(obs)
  obs.emit('SceneTransitionVideoEnded', named)
  if (world.preview && world.swap && world.swap !== world.preview) {
    world.preview = world.swap
    obs.emit('CurrentPreviewSceneChanged', sceneFields(world.preview))
  }
  obs.emit('CurrentProgramSceneChanged', sceneFields(world.collection.program))
  obs.emit('SceneTransitionEnded', named)
}
