import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plan } from '../../src/cli/plan.ts'
import { simulate } from '../../src/cli/simulate.ts'
import { instantAt, nextStart } from '../../src/cli/startTime.ts'
import { checkSchedule } from '../../src/schedule/check.ts'
import { freshFolder } from '../store/folders.ts'

const written = () => {
  const out: string[] = []
  const err: string[] = []
  return { out, err, io: { stdout: (line: string) => out.push(line), stderr: (line: string) => err.push(line) } }
}

const scheduleFile = async (content: string) => {
  const file = join(await freshFolder(), 'show.yaml')
  await writeFile(file, content)
  return file
}

const SHOW = `version: 1
title: Friday
timezone: Europe/Berlin
cues:
  - { scene: Starting Soon, duration: 5m }
  - { id: talk, title: Talk, scene: Main, duration: 20m, due: "19:06", note: Guest enters left }
  - { scene: Skipped, skip: true, duration: 1h }
  - { scene: Break, until: "20:00" }
  - { scene: Late, at: "20:00", duration: 10m, hold: true }
`

describe('plan', () => {
  it('prints the cue sheet in the zone of the schedule', async () => {
    const { io, out } = written()
    expect(await plan(await scheduleFile(SHOW), { at: '2026-12-04T19:00' }, io)).toBe(0)
    expect(out).toEqual([
      'Friday, started 2026-12-04 19:00:00 (Europe/Berlin)',
      '',
      '#  start     length  title          scene          ends by                 due                note',
      '1  19:00:00  5m      Starting Soon  Starting Soon  5m',
      '2  19:05:00  20m     Talk           Main           20m                     19:06:00 1m under  Guest enters left',
      '3  19:25:00  35m     Break          Break          until 20:00',
      '4  20:00:00  10m     Late           Late           hold 10m, starts 20:00',
      '',
      '4 cues, 1 skipped in the file, 1h10m, over at 20:10:00',
    ])
  })

  it('prints one cue per line with --json, with times in UTC', async () => {
    const { io, out } = written()
    expect(await plan(await scheduleFile(SHOW), { at: '2026-12-04T19:00', json: true }, io)).toBe(0)
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        index: 0,
        id: 'starting-soon',
        scene: 'Starting Soon',
        plannedAt: '2026-12-04T18:00:00.000Z',
        plannedEndsAt: '2026-12-04T18:05:00.000Z',
      },
      {
        index: 1,
        id: 'talk',
        scene: 'Main',
        plannedAt: '2026-12-04T18:05:00.000Z',
        plannedEndsAt: '2026-12-04T18:25:00.000Z',
      },
      {
        index: 2,
        id: 'break',
        scene: 'Break',
        plannedAt: '2026-12-04T18:25:00.000Z',
        plannedEndsAt: '2026-12-04T19:00:00.000Z',
      },
      {
        index: 3,
        id: 'late',
        scene: 'Late',
        plannedAt: '2026-12-04T19:00:00.000Z',
        plannedEndsAt: '2026-12-04T19:10:00.000Z',
      },
    ])
  })

  it('gives no times to cues that a late start leaves out', async () => {
    const { io, out } = written()
    expect(await plan(await scheduleFile(SHOW), { at: '2026-12-04T20:05', json: true }, io)).toBe(0)
    expect(out.map((line) => JSON.parse(line).plannedAt)).toEqual([null, null, null, '2026-12-04T19:00:00.000Z'])
  })

  it('leaves out a first cue whose end is past at the start, as the show does', async () => {
    const file = await scheduleFile(`version: 1
timezone: UTC
cues:
  - { scene: A, until: "06:30" }
  - { scene: B, duration: 1h }
  - { scene: C, until: "14:00" }
  - { scene: D, at: "22:30", duration: 15h }
`)
    const [sheet, takes] = [written(), written()]
    expect(await plan(file, { at: '2026-12-04T12:30', json: true }, sheet.io)).toBe(0)
    expect(await simulate(file, { at: '2026-12-04T12:30', json: true }, takes.io)).toBe(0)
    const planned = sheet.out.map((line) => JSON.parse(line).plannedAt)
    expect(planned).toEqual([null, '2026-12-04T12:30:00.000Z', '2026-12-04T13:30:00.000Z', '2026-12-04T22:30:00.000Z'])
    const onAir = takes.out.map((line) => JSON.parse(line)).filter(({ outcome }) => outcome === 'onAir')
    expect(onAir.map(({ plannedAt }) => plannedAt)).toEqual(planned.slice(1))
  })

  it.each(['25:00', 'tomorrow', '2026-02-30T19:00'])('wants a time in --at, not %s', async (at) => {
    const { io, out, err } = written()
    expect(await plan(await scheduleFile(SHOW), { at }, io)).toBe(2)
    expect({ out, err }).toEqual({ out: [], err: [expect.stringContaining(`not ${at}`)] })
  })

  it('ends with 2 on an invalid schedule, and says where', async () => {
    const { io, out, err } = written()
    const file = await scheduleFile('version: 1\ncues: [{ scene: A }]\n')
    expect(await plan(file, {}, io)).toBe(2)
    expect(out).toEqual([])
    expect(err[0]).toContain(`${file}:2:`)
  })
})

describe('the start of a show in plan and simulate', () => {
  const scheduleOf = (start: object) => {
    const cues = [{ scene: 'A', duration: '1h' }]
    const { schedule } = checkSchedule({ version: 1, timezone: 'Europe/Berlin', cues, ...start })
    if (schedule === undefined) throw new Error('not a schedule')
    return schedule
  }
  /** A Friday, 12:00 in Berlin. */
  const now = Date.UTC(2026, 11, 4, 11)

  it('is today in the zone of the schedule if --at is a time of day', () => {
    const schedule = scheduleOf({ timezone: 'Pacific/Auckland' })
    expect(instantAt('09:30', schedule, now)).toBe(Date.UTC(2026, 11, 4, 20, 30))
  })

  it.each([
    ['now if the schedule has no start time', {}, now],
    ['at its next time of day', { start: '11:00' }, Date.UTC(2026, 11, 5, 10)],
    ['on its next weekday', { start: '13:00', days: ['mon'] }, Date.UTC(2026, 11, 7, 12)],
    ['at its date-time', { start: '2026-12-01T10:00' }, Date.UTC(2026, 11, 1, 9)],
  ])('without --at, is %s', (_, start, at) => expect(nextStart(scheduleOf(start), now)).toBe(at))
})

describe('simulate', () => {
  it('prints the takes in words with day and time', async () => {
    const { io, out } = written()
    expect(await simulate(await scheduleFile(SHOW), { at: '2026-12-04T19:00' }, io)).toBe(0)
    expect(out).toEqual([
      '2026-12-04 (Europe/Berlin)',
      '19:00:00.000 on air: Starting Soon (command)',
      '19:05:00.000 on air: Main "Talk" (schedule)',
      '19:25:00.000 on air: Break (schedule)',
      '20:00:00.000 on air: Late (schedule)',
      'the show is over after 1h10m',
    ])
  })

  it('prints the lines of the as-run log with --json', async () => {
    const { io, out } = written()
    expect(await simulate(await scheduleFile(SHOW), { at: '2026-12-04T19:00', for: '6m', json: true }, io)).toBe(0)
    expect(out).toHaveLength(2)
    expect(JSON.parse(out[1] ?? '')).toEqual({
      cue: 'talk',
      title: 'Talk',
      scene: 'Main',
      cause: 'schedule',
      plannedAt: '2026-12-04T18:05:00.000Z',
      sentAt: '2026-12-04T18:05:00.000Z',
      confirmedAt: '2026-12-04T18:05:00.000Z',
      errorMs: 0,
      how: 'plain',
      errorFrames: null,
      outcome: 'onAir',
    })
  })

  it('plays a show that is longer than a day to its end', async () => {
    const { io, out } = written()
    const file = await scheduleFile('version: 1\ntimezone: UTC\ncues: [{ scene: A, duration: 30h }]\n')
    expect(await simulate(file, { at: '2026-12-04T19:00' }, io)).toBe(0)
    expect(out.at(-1)).toBe('the show is over after 30h')
  })

  it('plays a show without an end for 24 hours', async () => {
    const { io, out } = written()
    const file = await scheduleFile('version: 1\ntimezone: UTC\nloop: true\ncues: [{ scene: A, duration: 7h }]\n')
    expect(await simulate(file, { at: '2026-12-04T19:00' }, io)).toBe(0)
    expect(out.at(-1)).toBe('the show is still running after 24h')
  })

  it('wants a duration in --for', async () => {
    const { io, err } = written()
    expect(await simulate(await scheduleFile(SHOW), { for: '5' }, io)).toBe(2)
    expect(err).toEqual([expect.stringContaining('--for takes a duration')])
  })
})
