import { readdir, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../src/store/journal.ts'
import { fromWallTimes } from '../../src/store/wallTimes.ts'
import { freshFolder, linesOf } from './folders.ts'
import { slowDisk } from './slowDisk.ts'

const seven = Date.UTC(2026, 11, 4, 19)
const line = (seq: number) => ({ seq, at: seven + seq, event: { type: 'next' }, changed: { seq, at: seven + seq } })

function open(folder: string, fileSize?: number) {
  const problems: (string | null)[] = []
  const state = { seq: 0, offset: 0 }
  const journal = openJournal({
    folder,
    checkpoint: () => ({
      seq: state.seq,
      at: seven,
      checkpoint: { schedule: { cues: [{ at: 5 }] }, show: { at: seven } },
    }),
    wallOffset: () => state.offset,
    onProblem: (message) => problems.push(message),
    ...(fileSize === undefined ? {} : { fileSize }),
  })
  return {
    ...journal,
    problems,
    state,
    append: (seq: number) => {
      state.seq = seq
      journal.append(line(seq))
    },
  }
}

describe('the journal', () => {
  it('begins with a checkpoint of what the first event has left, and has a line for each one after it', async () => {
    const folder = await freshFolder()
    const journal = open(folder)
    journal.append(1)
    journal.append(2)
    await journal.close()
    expect(await linesOf(folder, 'journal.jsonl')).toEqual([
      {
        seq: 1,
        at: '2026-12-04T19:00:00.000Z',
        checkpoint: { schedule: { cues: [{ at: 5 }] }, show: { at: '2026-12-04T19:00:00.000Z' } },
        offset: 0,
      },
      {
        seq: 2,
        at: '2026-12-04T19:00:00.002Z',
        event: { type: 'next' },
        changed: { seq: 2, at: '2026-12-04T19:00:00.002Z' },
      },
    ])
  })

  it('has acts on disk before they may be carried out, behind what led to them', async () => {
    const folder = await freshFolder()
    const journal = open(folder)
    journal.append(0)
    journal.append(1)
    await journal.writeActs([{ id: 7, cue: 'opening', act: { kind: 'startRecord' } }], seven + 1)
    expect((await linesOf(folder, 'journal.jsonl')).slice(1)).toMatchObject([
      { seq: 1, event: { type: 'next' } },
      { seq: 1, event: { type: 'actDue', id: 7, cue: 'opening', act: { kind: 'startRecord' } }, changed: {} },
    ])
  })

  it('lets acts wait for the disk, which has their lines by then', async () => {
    const folder = await freshFolder()
    const disk = await slowDisk('actDue')
    const journal = open(folder)
    let isSafe = false
    const safe = journal.writeActs([{ id: 7, cue: null, act: { kind: 'startRecord' } }], seven).then(() => {
      isSafe = true
    })
    await disk.asked()
    // A turn in which whatever doesn't wait for the disk would be done.
    await readdir(folder)
    expect(isSafe).toBe(false)
    disk.release()
    await safe
  })

  it('goes on in a new file when one is full, each beginning with a checkpoint of that moment', async () => {
    const folder = await freshFolder()
    const journal = open(folder, 1000)
    for (let seq = 0; seq <= 20; seq++) journal.append(seq)
    await journal.close()
    const again = open(folder, 1000)
    again.append(20)
    again.append(21)
    await again.close()
    const names = (await readdir(folder)).filter((name) => name !== 'journal.jsonl')
    const files = await Promise.all([...names, 'journal.jsonl'].map((name) => linesOf(folder, name)))
    expect(names.length).toBeGreaterThan(1)
    expect(names[0]).toBe('journal-0001.jsonl')
    let seq = 0
    for (const [first, ...others] of files) {
      expect(first).toMatchObject({ checkpoint: {}, offset: 0 })
      if (seq < 20) expect(first).toMatchObject({ seq })
      for (const other of others) {
        if (typeof other === 'object' && other && 'checkpoint' in other) continue
        expect(other).toMatchObject({ seq: ++seq })
      }
    }
    expect(seq).toBe(21)
  })

  it('says when the wall clock was set, so that a reader finds the very instants again', async () => {
    const folder = await freshFolder()
    const journal = open(folder)
    journal.append(0)
    journal.append(1)
    journal.state.offset = -3_600_000
    journal.append(2)
    journal.append(3)
    await journal.close()
    const [, one, two, three] = await linesOf(folder, 'journal.jsonl')
    expect(one).not.toHaveProperty('offset')
    expect(two).toMatchObject({ at: '2026-12-04T18:00:00.002Z', offset: -3_600_000 })
    expect(three).not.toHaveProperty('offset')
    expect(fromWallTimes(one, 0)).toEqual(line(1))
    expect(fromWallTimes(three, -3_600_000)).toEqual(line(3))
  })

  it('reports a removed folder once, and holds up neither events nor acts', async () => {
    const folder = await freshFolder()
    const journal = open(folder, 1000)
    await rm(folder, { recursive: true })
    for (let seq = 1; seq <= 20; seq++) {
      journal.append(seq)
      await journal.writeActs([{ id: seq, cue: null, act: { kind: 'startRecord' } }], seven)
    }
    expect(journal.problems).toEqual([expect.stringMatching(/^the journal .* its folder is gone/)])
  })
})
