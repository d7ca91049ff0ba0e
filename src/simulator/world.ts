import type { Instant, Millis } from '../time/clock.ts'

/** The state of the simulated OBS, as plain values. A new process begins with a new world and the old collections. */
export type World = {
  startedAt: Instant
  readonly collections: Collection[]
  collection: Collection
  /** The scene that the frames show. It differs from the collection's program when OBS reports a scene that isn't on. */
  onAir: Scene
  running: { from: Scene; sinceFrame: number; length: Millis; forgetEnd: () => void } | null
  /** The inputs that the frames show: those of the scene on air and, during a transition, of the one before. */
  active: ReadonlySet<Input>
  /** The preview scene in studio mode; null outside studio mode. */
  preview: Scene | null
  /** The scene that becomes the preview when the transition ends. */
  swap: Scene | null
  readonly stream: Stream
  readonly record: Recording
  replayBuffer: boolean
  virtualCam: boolean
  readonly persistent: Map<string, unknown>
}

export type Collection = {
  readonly name: string
  /** Top to bottom, as the operator sees them. */
  readonly scenes: Scene[]
  readonly inputs: Input[]
  readonly transitions: readonly Transition[]
  program: Scene
  transition: Transition
  transitionDuration: Millis
}

export type Scene = {
  readonly uuid: string
  name: string
  readonly items: Item[]
  override: { name: string | null; duration: Millis | null }
}

export type Item = { readonly id: number; readonly source: Scene | Input; enabled: boolean }

export type Input = {
  readonly uuid: string
  name: string
  readonly kind: string
  readonly hasAudio: boolean
  settings: Readonly<Record<string, unknown>>
  muted: boolean
  readonly media: Media | null
}

/** `since`: when the cursor began to move from `cursor`; null while it stands still. */
export type Media = {
  /** Null for a file that can't be played. */
  readonly duration: Millis | null
  state: 'none' | 'playing' | 'paused' | 'stopped' | 'ended'
  cursor: Millis
  since: Instant | null
  forgetEnd: () => void
}

/** `length`: the fixed length of the transition; null if it takes the duration that is set. */
export type Transition = {
  readonly uuid: string
  readonly name: string
  readonly kind: string
  readonly length: Millis | null
}

export type StreamPhase = 'offline' | 'starting' | 'live' | 'reconnecting' | 'stopping'
export type Stream = { phase: StreamPhase; since: Instant; frozen: Millis; reachable: boolean; forgetNext: () => void }
export type RecordPhase = 'stopped' | 'starting' | 'recording' | 'paused' | 'stopping'
type Recording = { phase: RecordPhase; since: Instant; before: Millis; path: string; takes: number; chapters: string[] }

/** Media that have not played yet. */
export const unplayed: Omit<Media, 'duration'> = { state: 'none', cursor: 0, since: null, forgetEnd: () => {} }

let made = 0

/** A new uuid of the right form. */
export function nextUuid(): string {
  made += 1
  return `00000000-0000-4000-8000-${made.toString(16).padStart(12, '0')}`
}

export function newScene(name: string): Scene {
  return { uuid: nextUuid(), name, items: [], override: { name: null, duration: null } }
}

export function newCollection(
  name: string,
  sceneNames: readonly string[],
  transitions: readonly Transition[],
): Collection {
  const scenes = (sceneNames.length > 0 ? sceneNames : ['Scene']).map(newScene)
  const program = scenes[0] ?? newScene('Scene')
  const transition = transitions.find(({ name }) => name === 'Fade') ?? transitions[0] ?? newTransition('Cut')
  return { name, scenes, inputs: [], transitions, program, transition, transitionDuration: 300 }
}

/** The name decides the kind of the transition. A stinger has a fixed length. */
export function newTransition(name: string): Transition {
  const uuid = nextUuid()
  if (name === 'Cut') return { uuid, name, kind: 'cut_transition', length: 0 }
  if (/stinger/i.test(name)) return { uuid, name, kind: 'obs_stinger_transition', length: 1000 }
  return { uuid, name, kind: 'fade_transition', length: null }
}

export function newWorld(collections: Collection[], collection: Collection, startedAt: Instant): World {
  return {
    startedAt,
    collections,
    collection,
    onAir: collection.program,
    running: null,
    active: new Set(),
    preview: null,
    swap: null,
    stream: { phase: 'offline', since: 0, frozen: 0, reachable: true, forgetNext: () => {} },
    record: { phase: 'stopped', since: 0, before: 0, path: '', takes: 0, chapters: [] },
    replayBuffer: false,
    virtualCam: false,
    persistent: new Map(),
  }
}
