import { readdir, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { freshFolder, linesOf } from './folders.ts'
import { recordedShow, seven } from './recordedShow.ts'
import { slowDisk } from './slowDisk.ts'

const act = { id: 7, cue: 'one', act: { kind: 'startRecord' } } as const
const namesOf = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('journal'))

describe('the journal', () => {
  it('begins with a checkpoint of the state after the first event, and has a line for each later event', async () => {
    const folder = await freshFolder()
    const { show, recorder } = recordedShow(folder)
    show.start()
    await recorder.sync()
    const [first, second, ...others] = await linesOf(folder, 'journal.jsonl')
    expect(first).toMatchObject({
      seq: 1,
      at: '2026-12-04T19:00:00.000Z',
      checkpoint: { mode: 'idle', schedule: { cues: [{ id: 'one' }, { id: 'two' }] } },
      offset: 0,
    })
    expect(second).toMatchObject({
      seq: 2,
      at: '2026-12-04T19:00:00.000Z',
      event: { type: 'start' },
      changed: { mode: 'running', cue: { id: 'one', endsAt: '2026-12-04T19:00:10.000Z' } },
    })
    expect(others).toEqual([])
  })

  it('has a line for a refusal, which changed nothing', async () => {
    const folder = await freshFolder()
    const { show, recorder } = recordedShow(folder)
    show.pause()
    await recorder.sync()
    expect(await linesOf(folder, 'journal.jsonl')).toMatchObject([{}, { event: { type: 'pause' }, changed: {} }])
  })

  it('has the acts that are due, after the event that led to them', async () => {
    const folder = await freshFolder()
    const { show, recorder } = recordedShow(folder)
    show.start()
    recorder.record({ at: seven, acts: [act] })
    await recorder.sync()
    expect((await linesOf(folder, 'journal.jsonl')).slice(1)).toMatchObject([
      { seq: 2, event: { type: 'start' } },
      { seq: 2, event: { type: 'actDue', ...act }, changed: {} },
    ])
  })

  it('makes acts wait until the disk has their lines', async () => {
    const folder = await freshFolder()
    const disk = await slowDisk('actDue')
    const { recorder } = recordedShow(folder)
    let isSafe = false
    recorder.record({ at: seven, acts: [act] })
    const safe = recorder.sync().then(() => {
      isSafe = true
    })
    await disk.asked()
    // Anything that doesn't wait for the disk would be done by the end of this.
    await readdir(folder)
    expect(isSafe).toBe(false)
    disk.release()
    await safe
  })

  it('goes on in a new file when one is full, and each file begins with a checkpoint of that moment', async () => {
    const folder = await freshFolder()
    for (const rounds of [10, 1]) {
      const { show, recorder, clock } = recordedShow(folder, 3000)
      show.start()
      clock.advance(rounds * 30_000)
      await recorder.sync()
    }
    const names = await namesOf(folder)
    expect(names.length).toBeGreaterThan(3)
    expect(names).toContain('journal-0001.jsonl')
    for (const name of names) {
      const seqs = (await linesOf(folder, name)).map((line) => Object(line).seq)
      expect(await linesOf(folder, name)).toMatchObject([{ checkpoint: {} }, ...seqs.slice(1).map(() => ({}))])
      for (const [place, seq] of seqs.entries()) if (place > 0) expect([1, seqs[place - 1] + 1]).toContain(seq)
    }
  })

  it('does not begin a file for each line if the checkpoint alone is larger than a file', async () => {
    const folder = await freshFolder()
    const { show, recorder } = recordedShow(folder, 1000)
    // A refusal takes about 85 bytes.
    for (let count = 0; count < 15; count++) show.pause()
    await recorder.sync()
    expect((await namesOf(folder)).length).toBe(2)
  })

  it('says when the wall clock was set, so that a reader finds the exact instants again', async () => {
    const folder = await freshFolder()
    const { show, recorder, clock } = recordedShow(folder)
    clock.setWall(-3_600_000)
    show.start()
    clock.advance(10_000)
    await recorder.sync()
    const lines = await linesOf(folder, 'journal.jsonl')
    expect(lines.slice(1)).toMatchObject([
      { at: '2026-12-04T18:00:00.000Z', event: { type: 'clock', offset: -3_600_000 }, offset: -3_600_000 },
      { at: '2026-12-04T18:00:00.000Z', event: { type: 'start' } },
      { at: '2026-12-04T18:00:10.000Z', event: { type: 'due.cue' } },
    ])
    expect(lines[2]).not.toHaveProperty('offset')
  })

  it('reports a removed folder once, and lets events and acts go on', async () => {
    const folder = await freshFolder()
    const { show, recorder, problems } = recordedShow(folder, 3000)
    await rm(folder, { recursive: true })
    for (let count = 0; count < 20; count++) {
      show.pause()
      recorder.record({ at: seven, acts: [act] })
      await recorder.sync()
    }
    expect(problems).toEqual([expect.stringMatching(/^the journal .* can't be written: its folder is gone \(ENOENT\)/)])
  })
})
