import type { CommandName, Options } from '../commands/table.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Command, StreamPhase } from './core/events.ts'
import type { Result } from './result.ts'

type Sender = { send(command: Command): Result }

function verb<Given extends readonly unknown[]>(write: (...given: Given) => Command) {
  return function (this: Sender, ...given: Given): Result {
    return this.send(write(...given))
  }
}

/**
 * The commands as methods: the required argument first, the others as an object. This object is the prototype of every orchestrator,
 * which saves a closure per command, but means that methods can't be taken off it (`send` can). They are written out because building
 * a command with a computed key takes 100 ns.
 */
export const verbs = {
  configure: verb((schedule: Schedule) => ({ type: 'configure', schedule })),
  start: verb((options?: Options<'start'>) => ({ type: 'start', ...options })),
  stop: verb(() => ({ type: 'stop' })),
  pause: verb(() => ({ type: 'pause' })),
  resume: verb(() => ({ type: 'resume' })),
  reset: verb(() => ({ type: 'reset' })),
  next: verb((options?: Options<'next'>) => ({ type: 'next', ...options })),
  skipCurrentScene: verb((options?: Options<'skipCurrentScene'>) => ({ type: 'skipCurrentScene', ...options })),
  previous: verb((options?: Options<'previous'>) => ({ type: 'previous', ...options })),
  goTo: verb((cue: string, options?: Options<'goTo'>) => ({ type: 'goTo', cue, ...options })),
  hold: verb(() => ({ type: 'hold' })),
  unhold: verb(() => ({ type: 'unhold' })),
  extend: verb((by: string) => ({ type: 'extend', by })),
  forceScene: verb((scene: string, options?: Options<'forceScene'>) => ({ type: 'forceScene', scene, ...options })),
  release: verb(() => ({ type: 'release' })),
  updateStreamStatus: verb((phase: StreamPhase, options?: Options<'updateStreamStatus'>) => ({
    type: 'updateStreamStatus',
    phase,
    ...options,
  })),
} satisfies Readonly<Record<CommandName, unknown>>

export type Verbs = typeof verbs
