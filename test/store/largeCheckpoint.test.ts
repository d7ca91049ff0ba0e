import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../src/store/journal.ts'
import { freshFolder, linesOf } from './folders.ts'

const noon = Date.UTC(2026, 11, 4, 12)

describe('the journal of a very large schedule', () => {
  it('begins no file for each line when the checkpoint alone is larger than a file may be', async () => {
    const folder = await freshFolder()
    const journal = openJournal({
      folder,
      checkpoint: () => ({ seq: 0, at: noon, checkpoint: { title: 'x'.repeat(2000) } }),
      wallOffset: () => 0,
      onProblem: () => {},
      fileSize: 1000,
    })
    for (let seq = 0; seq <= 12; seq++)
      journal.append({ seq, at: noon, event: { type: 'next' }, changed: { at: noon } })
    await journal.close()
    const kept = (await readdir(folder)).filter((name) => name !== 'journal.jsonl')
    const lines = await Promise.all(kept.map((name) => linesOf(folder, name)))
    expect(lines.map(({ length }) => length)).toEqual([11])
    expect(await linesOf(folder, 'journal.jsonl')).toHaveLength(3)
  })
})
