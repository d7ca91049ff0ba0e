import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createReplay } from '../../src/orchestrator/core/replay.ts'
import { restoreFrom } from '../../src/store/restore.ts'
import { freshFolder } from './folders.ts'
import { present, recordedShow, seven } from './recordedShow.ts'

const contentOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'checkpoint.json'), 'utf8'))

describe('the checkpoint', () => {
  it('is begun within 20 ms of a change', async () => {
    const folder = await freshFolder()
    const { show, clock } = recordedShow(folder)
    show.start()
    clock.advance(20)
    await expect
      .poll(() => contentOf(folder).catch(() => null))
      .toMatchObject({
        seq: 2,
        checkpoint: { mode: 'running', show: { at: '2026-12-04T19:00:00.000Z' } },
      })
  })

  it('is the newest state, and nothing else is left in the folder', async () => {
    const folder = await freshFolder()
    const { show, clock, recorder } = recordedShow(folder)
    show.start()
    clock.advance(300_000)
    await recorder.close()
    expect(await contentOf(folder)).toMatchObject({ seq: show.currentState().seq })
    expect((await readdir(folder)).sort()).toEqual(['checkpoint.json', 'journal.jsonl'])
  })

  it('is not written to a removed folder, which is reported once', async () => {
    const folder = await freshFolder()
    const { show, recorder, problems } = recordedShow(folder)
    await rm(folder, { recursive: true })
    for (let count = 0; count < 3; count++) {
      show.pause()
      await recorder.close()
    }
    expect(problems.filter((problem) => problem.includes('checkpoint'))).toEqual([
      expect.stringMatching(/^the checkpoint .* can't be written: its folder is gone \(ENOENT\); the show goes on/),
    ])
  })
})

/** A show 25 s after its start, at which its process dies; the files say what `keep` makes of them. */
async function crash(keep: (folder: string) => Promise<void> = async () => {}) {
  const folder = await freshFolder()
  const { show, clock, recorder } = recordedShow(folder)
  clock.setWall(500)
  show.start()
  clock.advance(12_000)
  show.forceScene('BRB', { until: 'release' })
  recorder.record({ at: clock.now(), acts: [{ id: 3, cue: 'two', act: { kind: 'startRecord' } }] })
  await recorder.close()
  await keep(folder)
  clock.advance(13_000)
  show.pause()
  show.extend('5s')
  recorder.record({ at: clock.now(), acts: [{ id: 4, cue: 'two', act: { kind: 'stopRecord' } }] })
  await recorder.sync()
  return { folder, state: show.currentState(), checkpoint: show.checkpoint().checkpoint }
}

/** The files as another process finds them, whose clock agrees with the wall. */
const restored = (folder: string) => restoreFrom(folder, present())

describe('what is restored', () => {
  it('is nothing from a new folder', async () => {
    expect(await restored(await freshFolder())).toMatchObject({ state: null, events: [], acts: [], problems: [] })
  })

  it('is the newest checkpoint and the events and acts after it, which lead to the state at the crash', async () => {
    const { folder, state } = await crash()
    const { state: from, events, acts, problems } = await restoreFrom(folder, present(500))
    expect(from).toMatchObject({ checkpoint: { mode: 'running', show: { override: { scene: 'BRB' } } } })
    expect(events.map(({ event }) => event.type)).toEqual(['pause', 'extend'])
    expect(acts).toEqual([4])
    expect(problems).toEqual([])
    if (from === null) throw new Error('nothing was restored')
    const replay = createReplay(from.checkpoint, from.seq)
    for (const { seq, at, event, changed } of events)
      expect(replay.play(event, at)).toEqual({ seq, type: event.type, changed })
    expect(events.at(-1)?.seq).toBe(state.seq)
    expect(await readdir(folder)).toContain('checkpoint.json')
  })

  it('is the last checkpoint exactly, its endless loop and its sealed schedule included', async () => {
    const { folder, checkpoint } = await crash()
    await rm(join(folder, 'journal.jsonl'))
    const { state } = await restored(folder)
    expect(state?.checkpoint.schedule).toEqual(checkpoint.schedule)
    expect(state?.checkpoint.schedule?.rounds).toBe(Number.POSITIVE_INFINITY)
    expect(Object.isFrozen(state?.checkpoint.schedule)).toBe(true)
  })

  it('is on the clock of the reader, which sees the same wall clock', async () => {
    const { folder } = await crash()
    const own = await restoreFrom(folder, present(500))
    const { state, events } = await restored(folder)
    const show = own.state?.checkpoint.show
    // The writer's own clock was 500 ms behind the wall clock.
    expect(show).toMatchObject({
      offset: 500,
      playhead: { enteredAt: seven + 10_000, plan: { at: seven, wall: seven + 500 } },
    })
    expect(state?.checkpoint.show).toMatchObject({
      offset: 0,
      playhead: { enteredAt: seven + 10_500, plan: { at: seven + 500, wall: seven + 500 } },
      override: { since: seven + 12_500, ends: 'release' },
    })
    expect(events.map(({ at }) => at)).toEqual([seven + 25_500, seven + 25_500])
  })

  it('comes from the journal alone if there is no checkpoint', async () => {
    const { folder } = await crash((folder) => rm(join(folder, 'checkpoint.json')))
    const { state, events, acts, problems } = await restored(folder)
    expect(state).toMatchObject({ seq: 1, checkpoint: { mode: 'idle' } })
    expect(events.map(({ event }) => event.type)).toEqual([
      'clock',
      'start',
      'due.cue',
      'forceScene',
      'pause',
      'extend',
    ])
    expect(acts).toEqual([3, 4])
    expect(problems).toEqual([])
  })

  it('comes from the journal if the checkpoint is damaged, which is set aside and reported', async () => {
    for (const damaged of ['{"seq":1,"checkpoint":{"show":{"at":"2026-', '{"seq":1}', '[]']) {
      const { folder } = await crash((folder) => writeFile(join(folder, 'checkpoint.json'), damaged))
      const { state, problems } = await restored(folder)
      const aside = join(folder, 'checkpoint.aside-1.json')
      expect(state).toMatchObject({ seq: 1 })
      expect(problems).toEqual([`the checkpoint ${join(folder, 'checkpoint.json')} is damaged; it is kept as ${aside}`])
      expect(await readFile(aside, 'utf8')).toBe(damaged)
    }
  })

  it('comes from a journal file that begins after the checkpoint was written', async () => {
    const folder = await freshFolder()
    const { show, recorder, clock } = recordedShow(folder, 3000)
    show.start()
    await recorder.close()
    const old = await readFile(join(folder, 'checkpoint.json'))
    clock.advance(600_000)
    await recorder.close()
    await writeFile(join(folder, 'checkpoint.json'), old)
    const { state, events } = await restored(folder)
    expect(state?.seq).toBeGreaterThan(2)
    expect((state?.seq ?? 0) + events.length).toBe(show.currentState().seq)
  })

  it('comes from the checkpoint alone if the first line of the journal is broken', async () => {
    const { folder } = await crash()
    const journal = join(folder, 'journal.jsonl')
    await writeFile(journal, (await readFile(journal, 'utf8')).slice(100))
    const { state, events } = await restored(folder)
    expect(state).toMatchObject({ checkpoint: { mode: 'running', show: { override: { scene: 'BRB' } } } })
    expect(events).toEqual([])
  })

  it('leaves out half a line that a killed process left', async () => {
    const { folder } = await crash()
    await writeFile(join(folder, 'journal.jsonl'), '{"seq":9,"at":"2026-12-', { flag: 'a' })
    expect((await restored(folder)).events.map(({ event }) => event.type)).toEqual(['pause', 'extend'])
  })
})
