import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { simulateObs } from './stage.ts'
import { type Row, shown } from './table.ts'

const runs = 11
const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** From the start of a process until OBS has been read and the wanted scene is confirmed. The three take turns. */
export async function coldStart(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const file = join(folder, 'show.yaml')
  await writeFile(file, 'version: 1\ncues:\n  - scene: Scene 1\n    duration: 10m\n')
  const options = [
    '--simulator',
    '--start',
    '--no-hotkeys',
    '--http',
    '127.0.0.1:0',
    '--fresh',
    '--state-dir',
    join(folder, 'state'),
  ]
  const simulator = await simulateObs()

  const node: number[] = []
  const library: number[] = []
  const commandLine: number[] = []
  for (let run = 0; run < runs; run++) {
    node.push(await timeUntil((child) => once(child, 'exit'), spawn(process.execPath, ['-e', '0'])))
    library.push(await timeUntil((child) => once(child, 'message'), fork(beside('director.js'), [simulator.url])))
    commandLine.push(
      await timeUntil(isConnected, spawn(process.execPath, [beside('../../dist/cli.js'), 'run', file, ...options])),
    )
  }
  await simulator.close()
  await rm(folder, { recursive: true })

  const comparison = `a Node process that does nothing: ${shown(node, 'ms', 0)}`
  return [
    { what: 'cold start to connected, the library', measured: shown(library, 'ms', 0), goal: '', comparison: '' },
    {
      what: 'cold start to connected, run --simulator',
      measured: shown(commandLine, 'ms', 0),
      goal: '≤ 250 ms where Node alone takes 65',
      comparison,
    },
  ]
}

/** Milliseconds from now, when the child has just been started. */
async function timeUntil(ready: (child: ChildProcess) => Promise<unknown>, child: ChildProcess): Promise<number> {
  const began = performance.now()
  await ready(child)
  const took = performance.now() - began
  const gone = child.exitCode === null ? once(child, 'exit') : null
  child.kill()
  await gone
  return took
}

function isConnected(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk)
      if (/connected/i.test(said)) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`it ended before it was connected: ${said}`)))
  })
}
