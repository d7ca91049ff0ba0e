import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'
import { openAsRunLog } from '../../src/store/asRunLog.ts'
import { freshFolder, linesOf } from './folders.ts'

const seven = Date.UTC(2026, 11, 4, 19)
const opening: AsRunLine = {
  cue: 'opening',
  title: 'Opening',
  scene: 'Opening',
  cause: 'schedule',
  plannedAt: seven,
  sentAt: seven - 5,
  confirmedAt: seven + 17,
  errorMs: 17,
  how: 'plain',
  errorFrames: null,
  outcome: 'onAir',
}

async function openLog(folder: string, wallOffset = 0) {
  const problems: (string | null)[] = []
  const log = openAsRunLog({ folder, wallOffset: () => wallOffset, onProblem: (message) => problems.push(message) })
  return { ...log, problems }
}

describe('the as-run log', () => {
  it('has one line per take, with its fields in the documented order and its times in UTC', async () => {
    const folder = await freshFolder()
    const log = await openLog(folder)
    log.append(opening)
    log.append({
      ...opening,
      sentAt: null,
      confirmedAt: null,
      errorMs: null,
      outcome: 'failed',
      reason: 'no such scene',
    })
    await log.close()
    expect((await readFile(join(folder, 'as-run.jsonl'), 'utf8')).split('\n')).toEqual([
      '{"cue":"opening","title":"Opening","scene":"Opening","cause":"schedule","plannedAt":"2026-12-04T19:00:00.000Z",' +
        '"sentAt":"2026-12-04T18:59:59.995Z","confirmedAt":"2026-12-04T19:00:00.017Z","errorMs":17,"how":"plain","errorFrames":null,"outcome":"onAir"}',
      expect.stringMatching(
        /"sentAt":null,"confirmedAt":null,"errorMs":null,"how":"plain","errorFrames":null,"outcome":"failed","reason":"no such scene"}$/,
      ),
      '',
    ])
  })

  it('has wall times after the wall clock was set', async () => {
    const folder = await freshFolder()
    const log = await openLog(folder, 3_600_000)
    log.append(opening)
    await log.close()
    expect(await linesOf(folder, 'as-run.jsonl')).toMatchObject([
      { plannedAt: '2026-12-04T20:00:00.000Z', errorMs: 17 },
    ])
  })

  it('goes on after the lines of an earlier run, and on a new line after a torn one', async () => {
    const folder = await freshFolder()
    await writeFile(join(folder, 'as-run.jsonl'), '{"whole":1}\n{"torn')
    const log = await openLog(folder)
    log.append(opening)
    await log.close()
    const [whole, torn, line, end] = (await readFile(join(folder, 'as-run.jsonl'), 'utf8')).split('\n')
    expect([whole, torn, end]).toEqual(['{"whole":1}', '{"torn', ''])
    expect(JSON.parse(line ?? '')).toMatchObject({ cue: 'opening' })
  })

  it.skipIf(!existsSync('/dev/full'))('reports a full disk once, and catches up once there is room again', async () => {
    const folder = await freshFolder()
    await symlink('/dev/full', join(folder, 'as-run.jsonl'))
    const log = await openLog(folder)
    for (const cue of ['one', 'two']) {
      log.append({ ...opening, cue })
      await log.close()
    }
    expect(log.problems).toEqual([
      `the as-run log ${join(folder, 'as-run.jsonl')} can't be written: the disk is full (ENOSPC); the show goes on`,
    ])
    await unlink(join(folder, 'as-run.jsonl'))
    log.append({ ...opening, cue: 'three' })
    await log.close()
    expect(log.problems.at(-1)).toBeNull()
    expect(await linesOf(folder, 'as-run.jsonl')).toMatchObject([{ cue: 'one' }, { cue: 'two' }, { cue: 'three' }])
  })

  it('reports a removed folder once, and catches up once it is back', async () => {
    const folder = await freshFolder()
    const log = await openLog(folder)
    log.append({ ...opening, cue: 'one' })
    await log.close()
    await rm(folder, { recursive: true })
    for (const cue of ['two', 'three']) {
      log.append({ ...opening, cue })
      await log.close()
    }
    expect(log.problems).toEqual([expect.stringContaining('its folder is gone (ENOENT)')])
    await mkdir(folder)
    log.append({ ...opening, cue: 'four' })
    await log.close()
    expect(log.problems).toHaveLength(2)
    expect(await linesOf(folder, 'as-run.jsonl')).toMatchObject([{ cue: 'two' }, { cue: 'three' }, { cue: 'four' }])
  })
})
