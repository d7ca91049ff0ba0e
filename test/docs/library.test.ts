import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandEntries, type TableEntry } from '../../src/commands/table.ts'
import {
  checkSchedule,
  createOrchestrator,
  type Effect,
  type ForecastCue,
  type Mode,
  manualClock,
  type Outcome,
  type Reason,
  type Snapshot,
  type TakeCause,
} from '../../src/index.ts'
import { type Block, blocksOf, column, root, tableOf, textOf } from './pages.ts'

const page = 'docs/library.md'
const blocks = ['README.md', page].flatMap(blocksOf).filter(({ language }) => language === 'ts')
const nameOf = (block: Block): string => `${block.page}:${block.line}`
const isWhole = ({ text }: Block): boolean => text.includes('import ')
const isRunnable = (block: Block): boolean => isWhole(block) && block.text.includes('manualClock(')

describe('the code in the docs', () => {
  // Inside the project, so that packages are found; outside node_modules, so that the package can import itself by name.
  mkdirSync(join(root, '.state'), { recursive: true })
  const folder = mkdtempSync(join(root, '.state', 'docs-'))
  const here = relative(root, folder)
  const runnable = blocks.flatMap((block, index) => (isRunnable(block) ? [[nameOf(block), block, index] as const] : []))
  let complaints: readonly string[] = []
  let printed = new Map<number, string>()

  beforeAll(async () => {
    blocks.forEach((block, index) => {
      writeFileSync(join(folder, `block${index}.ts`), completed(block))
    })
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project(blocks.length)))
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'stream-orchestrator', type: 'module', exports: './out/src/index.js' }),
    )
    const tsc = await outputOf(join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false')
    complaints = tsc.split('\n')
    const run = runnable.map(([, , index]) => `await run(${index}, () => import('./out/${here}/block${index}.js'))`)
    writeFileSync(join(folder, 'run.js'), [runner, ...run].join('\n'))
    const outputs = (await outputOf(join(folder, 'run.js'))).split('\0').slice(1)
    printed = new Map(runnable.map(([, , index], place) => [index, outputs[place] ?? '']))
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(blocks.map((block, index) => [nameOf(block), index] as const))('has the right types: %s', (_, index) => {
    expect(complaints.filter((line) => line.includes(`block${index}.ts(`))).toEqual([])
  })

  it.each(runnable)('prints what its comments say: %s', (_, block, index) => {
    expect(printed.get(index)?.trim().split('\n')).toEqual(shownIn(block))
  })
})

/** Runs them one after the other in one process, with a mark before the output of each. */
const runner = `const run = async (index, load) => {
  process.stdout.write('\\0')
  await load().catch((error) => console.log(error))
}`

const project = (count: number) => ({
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    ...{ rootDir: root, outDir: 'out', noEmit: false, noUnusedLocals: false, noUnusedParameters: false },
    paths: { 'stream-orchestrator': [join(root, 'src/index.ts')] },
  },
  files: Array.from({ length: count }, (_, index) => `block${index}.ts`),
  include: [],
})

/** What a script prints, even if it fails. */
function outputOf(...args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}

/** Declares what a block takes from an earlier example, and the texts and passwords that pages don't explain. */
function completed(block: Block): string {
  const given = isWhole(block)
    ? []
    : ["declare const orchestrator: import('stream-orchestrator').Orchestrator", 'export {}']
  for (const [name, type] of [
    ['schedule', "import('stream-orchestrator').Schedule"],
    ['text', 'string'],
    ['password', 'string'],
  ] as const) {
    const isUsed = new RegExp(`\\b${name}\\b`).test(block.text)
    const isMade = new RegExp(`const \\{? ?.*\\b${name}\\b.* =`).test(block.text)
    if (isUsed && !isMade) given.push(`declare const ${name}: ${type}`)
  }
  return `${given.join('\n')}\n${block.text}\n`
}

/** What a block prints, according to its comments. */
function shownIn({ text }: Block): string[] {
  return text.split('\n').flatMap((line) => {
    const [, shown] = /(?:^|\s)\/\/ (.*)$/.exec(line) ?? []
    return shown === undefined ? [] : [shown]
  })
}

describe('the page on the library', () => {
  it('names every reason of a refusal', () => {
    const reasons = {
      ...{ notConfigured: true, alreadyRunning: true, notRunning: true, notPaused: true, noOverride: true },
      ...{ noNextCue: true, noPreviousCue: true, noPlannedEnd: true, unknownCue: true, unknownScene: true },
      ...{ staleCue: true, invalid: true, queueFull: true, closed: true },
    } satisfies Record<Reason, true>
    expect(column(page, ['reason', 'the command was refused because'])).toEqual(Object.keys(reasons))
  })

  it('names every outcome and every cause of a take', () => {
    const outcomes = {
      ...{ onAir: true, already: true, covered: true, skipped: true, superseded: true, failed: true },
    } satisfies Record<Outcome, true>
    const causes = {
      ...{ schedule: true, command: true, force: true, release: true, recurring: true, manual: true, reclaim: true },
      ...{ reconnect: true, resume: true, reload: true, fallback: true },
    } satisfies Record<TakeCause, true>
    expect(column(page, ['outcome', 'what became of the take'])).toEqual(Object.keys(outcomes))
    expect(column(page, ['cause', 'the scene is wanted because'])).toEqual(Object.keys(causes))
  })

  it('lists every command of the table as a method, with what it does', () => {
    const rows = [...commandEntries].map(([name, entry]) => [`\`${signatureOf(name, entry)}\``, entry.does])
    expect(tableOf(page, ['method', 'does']).map((cells) => cells.map(withoutLinks))).toEqual(rows)
  })

  it('names every field of the state, at any depth', () => {
    const rows = new Map(stateRows().map(([field = '', text = '']) => [field, text]))
    const { snapshot, forecast } = aShow()
    expect([...rows.keys()]).toEqual(Object.keys(snapshot))
    const unnamed = Object.entries(snapshot).flatMap(([field, value]) => {
      const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
      return inner.filter((name) => !rows.get(field)?.includes(`\`${name}\``)).map((name) => `${field}.${name}`)
    })
    expect(unnamed).toEqual([])
    const text = textOf(page)
    const fields: readonly (keyof ForecastCue)[] = forecast
    expect(fields.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })

  it('names every mode', () => {
    const modes = {
      ...{ unconfigured: true, idle: true, running: true, paused: true, stopped: true, finished: true },
    } satisfies Record<Mode, true>
    const [, , mode] = stateRows()
    expect([...(mode?.[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(Object.keys(modes))
  })

  it('names every field of an effect', () => {
    const { effect } = aShow()
    const table = textOf(page).slice(textOf(page).indexOf('An effect is the whole wish'))
    expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).sort()).toEqual(effect.sort())
  })
})

/** `goTo(cue, { offset })` */
const signatureOf = (name: string, { needs = {}, takes = {} }: TableEntry): string => {
  const options = Object.keys(takes)
  return `${name}(${[...Object.keys(needs), ...(options.length === 0 ? [] : [`{ ${options.join(', ')} }`])].join(', ')})`
}

const withoutLinks = (text: string): string => text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')

const stateRows = (): string[][] =>
  tableOf(page, ['field', 'what it is']).map(([field = '', text = '']) => [field.replaceAll('`', ''), text])

/** A state in which every field has a value. */
function aShow(): { snapshot: Snapshot; forecast: (keyof ForecastCue)[]; effect: string[] } {
  const cues = [
    { scene: 'A', duration: '1m' },
    { scene: 'B', duration: '1m' },
  ]
  const { schedule } = checkSchedule({ version: 1, cues })
  if (schedule === undefined) throw new Error('the schedule of this test is broken')
  const effects: Effect[] = []
  const orchestrator = createOrchestrator({
    schedule,
    clock: manualClock(),
    onEffect: (effect) => void effects.push(effect),
  })
  orchestrator.start()
  orchestrator.forceScene('C')
  const [cue] = orchestrator.forecast().cues
  const forecast = Object.keys(cue ?? {}).filter((name): name is keyof ForecastCue => cue !== undefined && name in cue)
  return { snapshot: orchestrator.currentState(), forecast, effect: Object.keys(effects[0] ?? {}) }
}
