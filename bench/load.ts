import { parse } from 'yaml'
import { readSchedule } from '../src/index.ts'
import { passes } from './passes.ts'
import { type Row, shown } from './table.ts'

/** From the text of a file to a schedule or its problems; nothing is compiled yet. */
export async function load(): Promise<Row[]> {
  const rows: Row[] = []
  for (const cueCount of [1000, 100_000]) {
    const text = textOf(cueCount)
    const read = await passes(() => timeOf(text), cueCount > 1000 ? 5 : 9, 1)
    const peer = await passes(() => timed(() => parse(text)), cueCount > 1000 ? 1 : 5, 0)
    rows.push({
      what: `read and check ${cueCount} cues (${(text.length / 1e6).toFixed(1)} MB of YAML)`,
      measured: shown(read, 'ms', 0),
      goal: cueCount === 100_000 ? '≤ 1000 ms' : '',
      comparison: `parse of the package yaml, unchecked: ${shown(peer, 'ms', 0)}`,
    })
  }
  return rows
}

function textOf(cueCount: number): string {
  const cues = Array.from({ length: cueCount }, (_, i) =>
    [`  - scene: Scene ${i % 20}`, `    title: Talk number ${i}`, `    duration: ${1 + (i % 50)}m`].join('\n'),
  )
  return `version: 1\ntitle: A long show\ncues:\n${cues.join('\n')}\n`
}

const timeOf = (text: string): number =>
  timed(() => {
    const { schedule, problems } = readSchedule(text)
    if (schedule === undefined) throw new Error(problems[0]?.message)
  })

function timed(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}
