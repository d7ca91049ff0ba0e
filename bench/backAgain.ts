import { setTimeout as pause } from 'node:timers/promises'
import { connectObs, createOrchestrator, type Snapshot } from '../src/index.ts'
import { passes } from './passes.ts'
import { scheduleOf, simulateObs } from './stage.ts'
import { type Row, shown } from './table.ts'

/** From the moment when OBS listens again until it has been read and shows what is wanted. */
export async function backAgain(): Promise<Row[]> {
  const rows: Row[] = []
  for (const away of [500, 5000]) {
    const simulator = await simulateObs()
    const orchestrator = createOrchestrator({ schedule: scheduleOf(10) })
    orchestrator.start()
    const connection = connectObs(orchestrator, { url: simulator.url, password: null })
    const until = (holds: (state: Snapshot) => boolean) =>
      new Promise<void>((resolve) => {
        if (holds(orchestrator.currentState())) return resolve()
        const end = orchestrator.subscribe((state) => {
          if (!holds(state)) return
          end()
          resolve()
        })
      })
    const conformed = ({ link, program }: Snapshot) => link.phase === 'up' && program.confirmed === program.wanted
    await until(conformed)
    const measured = await passes(
      async () => {
        await simulator.goDown()
        await until(({ link }) => link.phase !== 'up')
        await pause(away + Math.random() * 500)
        await simulator.restart({ program: 'Scene 7' })
        const began = performance.now()
        await until(conformed)
        if (simulator.onAir() !== orchestrator.currentState().program.wanted) throw new Error('another scene is on air')
        return performance.now() - began
      },
      7,
      1,
    )
    await connection.close()
    await orchestrator.close()
    await simulator.close()
    rows.push({
      what: `OBS back after ${away / 1000} s → connected, read, conformed`,
      measured: shown(measured, 'ms', 0),
      goal: '≤ 1000 ms',
      comparison: 'peers: manual, or 5–10 s',
    })
  }
  return rows
}
