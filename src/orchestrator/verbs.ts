import type { CommandName, Options } from '../commands/table.ts'
import type { Schedule } from '../schedule/model/schedule.ts'
import type { Command, StreamPhase } from './core/events.ts'
import type { Result } from './result.ts'

type Sender = { send(command: Command): Result }

/**
 * The commands as methods. Every orchestrator has this object as its prototype, which saves a closure per command: so they can't be
 * taken off the orchestrator, but `send` can. Each command is written out because a computed key costs 100 ns.
 */
export const verbs = {
  configure(schedule: Schedule) {
    return this.send({ type: 'configure', schedule })
  },
  start(options?: Options<'start'>) {
    return this.send({ type: 'start', ...options })
  },
  stop() {
    return this.send({ type: 'stop' })
  },
  pause() {
    return this.send({ type: 'pause' })
  },
  resume() {
    return this.send({ type: 'resume' })
  },
  reset() {
    return this.send({ type: 'reset' })
  },
  next(options?: Options<'next'>) {
    return this.send({ type: 'next', ...options })
  },
  skipCurrentScene(options?: Options<'skipCurrentScene'>) {
    return this.send({ type: 'skipCurrentScene', ...options })
  },
  previous(options?: Options<'previous'>) {
    return this.send({ type: 'previous', ...options })
  },
  goTo(cue: string, options?: Options<'goTo'>) {
    return this.send({ type: 'goTo', cue, ...options })
  },
  hold() {
    return this.send({ type: 'hold' })
  },
  unhold() {
    return this.send({ type: 'unhold' })
  },
  extend(by: string) {
    return this.send({ type: 'extend', by })
  },
  forceScene(scene: string, options?: Options<'forceScene'>) {
    return this.send({ type: 'forceScene', scene, ...options })
  },
  release() {
    return this.send({ type: 'release' })
  },
  updateStreamStatus(phase: StreamPhase, options?: Options<'updateStreamStatus'>) {
    return this.send({ type: 'updateStreamStatus', phase, ...options })
  },
} satisfies Readonly<Record<CommandName, unknown>> & ThisType<Sender>

export type Verbs = typeof verbs
