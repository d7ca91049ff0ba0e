import { fork, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { passes } from './passes.ts'
import { simulateObs } from './stage.ts'
import { type Row, shown } from './table.ts'

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** From the start of a process until OBS has been read and the wanted scene is confirmed. */
export async function coldStart(): Promise<Row[]> {
  const simulator = await simulateObs()
  const library = await passes(async () => {
    const began = performance.now()
    const child = fork(beside('director.js'), [simulator.url])
    await new Promise((resolve) => child.once('message', resolve))
    const took = performance.now() - began
    child.kill()
    return took
  })
  await simulator.close()
  const node = await passes(async () => {
    const began = performance.now()
    const child = spawn(process.execPath, ['-e', '0'])
    await new Promise((resolve) => child.once('exit', resolve))
    return performance.now() - began
  })
  const comparison = `a Node process that does nothing: ${shown(node, 'ms', 0)}`
  const goal = '≤ 400 ms'
  return [
    { what: 'cold start to connected, the library', measured: shown(library, 'ms', 0), goal, comparison },
    { what: 'cold start to connected, run --simulator', measured: await commandLine(), goal, comparison: '' },
  ]
}

async function commandLine(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const file = join(folder, 'show.yaml')
  await writeFile(file, 'version: 1\ncues:\n  - scene: Scene 1\n    duration: 10m\n')
  const options = [
    '--simulator',
    '--start',
    '--no-hotkeys',
    '--log',
    'json',
    '--fresh',
    '--state-dir',
    join(folder, 'state'),
  ]
  const took = await passes(async () => {
    const began = performance.now()
    const child = spawn(process.execPath, [beside('../../dist/cli.js'), 'run', file, ...options])
    let said = ''
    const connected = await new Promise<number>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        said += String(chunk)
        if (/connected/i.test(said)) resolve(performance.now())
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', () => reject(new Error(`it ended before it was connected: ${said}`)))
    })
    child.kill()
    await new Promise((resolve) => child.once('exit', resolve))
    return connected - began
  })
  await rm(folder, { recursive: true })
  return shown(took, 'ms', 0)
}
