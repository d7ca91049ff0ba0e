import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder for one test. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'orchestrator-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function linesOf(...path: string[]): Promise<unknown[]> {
  const text = await readFile(join(...path), 'utf8')
  if (!text.endsWith('\n')) throw new Error('the last line is not ended')
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line))
}
