import type { Schedule } from '../schedule/model/schedule.ts'
import type { Instant } from '../time/clock.ts'
import type { AdapterEvent, Command, ForceScene, StreamPhase } from './core/events.ts'
import type { Result } from './result.ts'

/** The commands as methods: the required argument first, the rest as an object. */
export type Verbs = {
  configure(schedule: Schedule): Result
  start(options?: { readonly cue?: string | undefined }): Result
  stop(): Result
  pause(): Result
  resume(): Result
  reset(): Result
  next(options?: { readonly ifCue?: string | undefined }): Result
  skipCurrentScene(options?: { readonly ifCue?: string | undefined }): Result
  previous(options?: { readonly ifCue?: string | undefined }): Result
  goTo(cue: string, options?: { readonly offset?: string | undefined }): Result
  hold(): Result
  unhold(): Result
  extend(by: string): Result
  forceScene(scene: string, options?: Omit<ForceScene, 'type' | 'scene'>): Result
  release(): Result
  updateStreamStatus(phase: StreamPhase, options?: { readonly since?: Instant | undefined }): Result
}

export function verbsOf(send: (event: Command | AdapterEvent) => Result): Verbs {
  return {
    configure: (schedule) => send({ type: 'configure', schedule }),
    start: (options) => send({ ...options, type: 'start' }),
    stop: () => send({ type: 'stop' }),
    pause: () => send({ type: 'pause' }),
    resume: () => send({ type: 'resume' }),
    reset: () => send({ type: 'reset' }),
    next: (options) => send({ ...options, type: 'next' }),
    skipCurrentScene: (options) => send({ ...options, type: 'skipCurrentScene' }),
    previous: (options) => send({ ...options, type: 'previous' }),
    goTo: (cue, options) => send({ ...options, type: 'goTo', cue }),
    hold: () => send({ type: 'hold' }),
    unhold: () => send({ type: 'unhold' }),
    extend: (by) => send({ type: 'extend', by }),
    forceScene: (scene, options) => send({ ...options, type: 'forceScene', scene }),
    release: () => send({ type: 'release' }),
    updateStreamStatus: (phase, options) => send({ ...options, type: 'updateStreamStatus', phase }),
  }
}
