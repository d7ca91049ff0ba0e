import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCheckpointFile, readCheckpoint } from '../../src/store/checkpointFile.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { freshFolder } from './folders.ts'

const seven = Date.UTC(2026, 11, 4, 19)

function open(folder: string) {
  const clock = manualClock(seven)
  const problems: (string | null)[] = []
  const file = openCheckpointFile({
    folder,
    clock,
    wallOffset: () => 0,
    onProblem: (message) => problems.push(message),
  })
  return { ...file, clock, problems }
}

const contentOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'checkpoint.json'), 'utf8'))

describe('the checkpoint', () => {
  it('is begun within 20 ms of a change', async () => {
    const folder = await freshFolder()
    const file = open(folder)
    file.save({ seq: 1 })
    file.clock.advance(20)
    await expect.poll(() => contentOf(folder).catch(() => null)).toEqual({ seq: 1 })
  })

  it('is the newest one of those that waited, and nothing else is left in the folder', async () => {
    const folder = await freshFolder()
    const file = open(folder)
    for (let seq = 1; seq <= 100; seq++) {
      file.save({ seq })
      if (seq % 10 === 0) file.clock.advance(20)
    }
    await file.close()
    expect(await contentOf(folder)).toEqual({ seq: 100 })
    expect(await readdir(folder)).toEqual(['checkpoint.json'])
  })

  it('is read back with its times on the time line of the reader', async () => {
    const folder = await freshFolder()
    const file = open(folder)
    const schedule = { rounds: Number.POSITIVE_INFINITY, cues: [{ at: 68_400_000 }] }
    file.save({ schedule, show: { at: seven, pause: { since: seven - 10 } }, override: { until: 'release' } })
    await file.close()
    expect(await contentOf(folder)).toMatchObject({
      show: { at: '2026-12-04T19:00:00.000Z', pause: { since: '2026-12-04T18:59:59.990Z' } },
    })
    expect(await readCheckpoint(folder, 250)).toEqual({
      kind: 'found',
      checkpoint: {
        schedule,
        show: { at: seven - 250, pause: { since: seven - 260 } },
        override: { until: 'release' },
      },
    })
  })

  it('is none in a new folder', async () => {
    expect(await readCheckpoint(await freshFolder(), 0)).toEqual({ kind: 'none' })
  })

  it('that is damaged is kept aside, and said to be', async () => {
    const folder = await freshFolder()
    for (const number of [1, 2]) {
      await writeFile(join(folder, 'checkpoint.json'), '{"show":{"at":"2026-')
      const found = await readCheckpoint(folder, 0)
      const aside = join(folder, `checkpoint.damaged-${number}.json`)
      expect(found).toEqual({
        kind: 'damaged',
        message: expect.stringMatching(
          /^the checkpoint .*checkpoint\.json is damaged \(.+\), kept as .*; starting without it$/,
        ),
      })
      expect(await readFile(aside, 'utf8')).toBe('{"show":{"at":"2026-')
      expect(await readCheckpoint(folder, 0)).toEqual({ kind: 'none' })
    }
  })

  it('of a removed folder is reported once, and the show goes on', async () => {
    const folder = await freshFolder()
    const file = open(folder)
    await rm(folder, { recursive: true })
    for (const seq of [1, 2, 3]) {
      file.save({ seq })
      await file.close()
    }
    expect(file.problems).toEqual([expect.stringMatching(/its folder is gone \(ENOENT\); the show goes on/)])
  })
})
