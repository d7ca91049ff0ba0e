import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { passes } from './passes.ts'
import { simulateObs } from './stage.ts'
import { type Row, shown } from './table.ts'

const seconds = 10

/** How busy a process is while its show waits for the next cue, connected to OBS. */
export async function waiting(): Promise<Row[]> {
  const simulator = await simulateObs()
  const measured = await passes(() => busy(simulator.url), 3, 0)
  await simulator.close()
  const polling = await passes(() => busy('', '10'), 3, 0)
  return [
    {
      what: 'CPU use while waiting for the next cue',
      measured: shown(measured, '% of a core'),
      goal: '≤ 0.5 %',
      comparison: `a process that only wakes every 10 ms: ${shown(polling, '%')}`,
    },
  ]
}

/** Percent of a core. */
function busy(url: string, interval = '0'): Promise<number> {
  const child = fork(fileURLToPath(new URL('director.js', import.meta.url)), [url, String(seconds), interval])
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message !== 'number') return
      child.kill()
      resolve(message)
    })
    child.once('error', reject)
  })
}
