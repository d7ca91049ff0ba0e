import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Row, table } from './table.ts'

/** Each benchmark runs in its own process, so that none profits from code that another has warmed up. */
const benchmarks: Record<string, () => Promise<Row[]>> = {
  commands: async () => (await import('./commands.ts')).commands(),
  latency: async () => (await import('./latency.ts')).latency(),
  fanOut: async () => (await import('./fanOut.ts')).fanOut(),
  memory: async () => (await import('./memory.ts')).memory(),
  findCue: async () => (await import('./findCue.ts')).findCue(),
  load: async () => (await import('./load.ts')).load(),
  timers: async () => (await import('./timers.ts')).timers(),
  waiting: async () => (await import('./waiting.ts')).waiting(),
  coldStart: async () => (await import('./coldStart.ts')).coldStart(),
  backAgain: async () => (await import('./backAgain.ts')).backAgain(),
  http: async () => (await import('./http.ts')).http(),
}

const [asked, ...more] = process.argv.slice(2)
if (process.send !== undefined && asked !== undefined) {
  process.send((await benchmarks[asked]?.()) ?? [])
  process.disconnect()
} else {
  const names = asked === undefined ? Object.keys(benchmarks) : [asked, ...more]
  const unknown = names.find((name) => benchmarks[name] === undefined)
  if (unknown !== undefined) {
    console.error(`There is no benchmark "${unknown}"; there are: ${Object.keys(benchmarks).join(', ')}.`)
    process.exit(2)
  }
  const rows: Row[] = []
  for (const name of names) {
    console.error(`${name} …`)
    rows.push(...(await rowsOf(name).catch(failed)))
  }
  console.log(table(rows))
}

function failed(error: Error): Row[] {
  console.error(error.message)
  process.exitCode = 1
  return []
}

function rowsOf(name: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [name], { execArgv: ['--expose-gc'] })
    child.once('message', (rows: Row[]) => resolve(rows))
    child.once('exit', (code) => reject(new Error(`the benchmark ${name} ended with ${code}`)))
  })
}
