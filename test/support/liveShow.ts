import { connectObs } from '../../src/obs/connectObs.ts'
import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'
import type { Snapshot } from '../../src/orchestrator/core/snapshot.ts'
import { createOrchestrator, type Orchestrator } from '../../src/orchestrator/orchestrator.ts'
import { readSchedule } from '../../src/schedule/read.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import type { RealObs } from './realObs.ts'

/** A show on a real OBS, with the lines of its as-run log. */
export type LiveShow = {
  readonly orchestrator: Orchestrator
  readonly lines: readonly AsRunLine[]
  /** Resolves with the first snapshot, from the present one on, for which `isTrue` holds. */
  state(what: string, isTrue: (state: Snapshot) => boolean, limit?: number): Promise<Snapshot>
  /** Resolves once the clock has reached this instant. */
  clockAt(at: number): Promise<void>
  close(): Promise<void>
}

/** Loads a schedule, connects to the OBS, and waits until both are ready. */
export async function liveShow(obs: Pick<RealObs, 'url' | 'password'>, yaml: string): Promise<LiveShow> {
  const { schedule, problems } = readSchedule(yaml, { file: 'show.yaml' })
  if (schedule === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  const clock = systemClock()
  const orchestrator = createOrchestrator({ schedule, clock })
  const lines: AsRunLine[] = []
  orchestrator.onAsRun((line) => lines.push(line))
  const connection = connectObs(orchestrator, { url: obs.url, password: obs.password, clock })

  const state = (what: string, isTrue: (state: Snapshot) => boolean, limit = 10_000) =>
    new Promise<Snapshot>((resolve, reject) => {
      const judge = (snapshot: Snapshot): boolean => {
        if (!isTrue(snapshot)) return false
        cancel()
        unsubscribe()
        resolve(snapshot)
        return true
      }
      const unsubscribe = orchestrator.subscribe(judge)
      const cancel = clock.setTimer(clock.now() + limit, () => {
        unsubscribe()
        reject(
          new Error(
            `waited ${limit} ms in vain for ${what}; the state is ${JSON.stringify(orchestrator.currentState())}`,
          ),
        )
      })
      judge(orchestrator.currentState())
    })

  await state('the link to be up', ({ link }) => link.phase === 'up')
  return {
    orchestrator,
    lines,
    state,
    clockAt: (at) => new Promise((resolve) => void clock.setTimer(at, resolve)),
    async close() {
      await connection.close()
      await orchestrator.close()
    },
  }
}
