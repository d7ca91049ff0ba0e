import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../src/orchestrator/core/snapshot.ts'
import { renderStatus, type StatusView } from '../../../src/surfaces/terminal/status.ts'
import { widthOf } from '../../../src/surfaces/terminal/textWidth.ts'
import { snapshotWith } from '../keyboard/snapshots.ts'

const evening = Date.UTC(2026, 11, 4, 19)
const at = (minutes: number, seconds = 0) => evening + (minutes * 60 + seconds) * 1000
const schedule = {
  title: 'Friday Show',
  digest: '',
  timezone: 'Europe/Berlin',
  cueCount: 9,
  loop: false,
  duration: null,
}
const obs = { version: '30.2.3', websocket: '5.5.2', platform: 'ubuntu' }

const onAir = snapshotWith({
  schedule,
  cue: { index: 1, title: 'Opening', scene: 'Main Camera', enteredAt: at(5), endsAt: at(20), plannedEndsAt: at(20) },
  next: { index: 2, id: 'break', title: 'Break', scene: 'Break', note: null, at: null, startsAt: at(20) },
  program: { wanted: 'Main Camera', confirmed: 'Main Camera', confirmedAt: at(5), cause: 'schedule' },
  link: { phase: 'up', since: at(0), obs },
  stream: { phase: 'live', since: at(4) },
  recording: { phase: 'recording', since: at(4, 30) },
})

const plain = { wallOffset: 0, hardStart: null, scenes: null, simulator: false, width: 120, colour: false }
const lines = (state = onAir, now = at(6), view: Partial<StatusView> = {}) =>
  renderStatus({ ...plain, state, now, ...view })
const line = (label: string, all: readonly string[]) => all.find((text) => text.startsWith(label))

describe('the live status', () => {
  it('shows what is on air, for how much longer, and what comes next', () => {
    expect(lines()).toEqual([
      'RUNNING  20:06:00  Friday Show',
      'on air   Main Camera ✓ confirmed by OBS',
      'cue      0:14:00 left  Opening  2/9',
      'next     Break  at 20:20:00, in 0:14:00',
      'timing   on time',
      'OBS      connected, 30.2.3 · stream live 0:02:00 · recording 0:01:30',
    ])
  })

  it('counts whole seconds that reach 0 only at the end', () => {
    expect(line('cue', lines(onAir, at(20) - 1))).toContain('0:00:01 left')
    expect(line('cue', lines(onAir, at(20)))).toContain('0:00:00 left')
  })

  it('counts below zero while a cue runs over', () => {
    const holding = { ...onAir, cue: onAir.cue && { ...onAir.cue, endsAt: null, holding: true }, next: null }
    const shown = lines(holding, at(21, 5))
    expect(line('cue', shown)).toContain('-0:01:05 held, until next')
    expect(line('timing', shown)).toContain('0:01:05 over')
  })

  it('says how long a hold without a planned length has been on', () => {
    const open = { ...onAir, cue: onAir.cue && { ...onAir.cue, endsAt: null, plannedEndsAt: null, holding: true } }
    expect(line('cue', lines(open, at(6)))).toContain('0:01:00 so far, until next')
  })

  it('stands still in a pause while the show gets later', () => {
    const paused = { ...onAir, mode: 'paused' as const, pausedAt: at(6) }
    const shown = lines(paused, at(9))
    expect(shown[0]).toMatch(/^PAUSED/)
    expect(line('cue', shown)).toContain('0:14:00 left')
    expect(line('next', shown)).toContain('after the pause')
    expect(line('timing', shown)).toContain('0:03:00 over')
  })

  it('counts on in a pause to an end that is a time of day', () => {
    const cue = onAir.cue && { ...onAir.cue, endsBy: 'clock' as const }
    const shown = lines({ ...onAir, cue, mode: 'paused', pausedAt: at(6) }, at(9))
    expect(line('cue', shown)).toContain('0:11:00 left')
    expect(line('next', shown)).toContain('at 20:20:00, in 0:11:00')
    expect(line('timing', shown)).toBe('timing   on time')
  })

  it('counts a pause during a hold as part of the hold', () => {
    const cue = onAir.cue && { ...onAir.cue, endsAt: null, endsBy: null, holding: true }
    const shown = lines({ ...onAir, cue, mode: 'paused', pausedAt: at(25) }, at(26))
    expect(line('timing', shown)).toContain('0:06:00 over')
  })

  it.each([
    ['green', 61, '32'],
    ['amber', 60, '33'],
    ['red', 20, '31'],
  ])('counts down in %s %i s before the end, as the cue says', (_, left, code) => {
    const cue = onAir.cue && { ...onAir.cue, warning: 60_000, danger: 20_000 }
    const shown = lines({ ...onAir, cue }, at(20) - left * 1000, { colour: true })
    expect(shown.join('\n')).toContain(`\u001b[${code}m0:0`)
  })

  it('names a scene that OBS has not confirmed yet, next to the one that is on', () => {
    const asked = { ...onAir, program: { ...onAir.program, wanted: 'Break' } }
    expect(line('on air', lines(asked))).toBe('on air   Main Camera  → Break, not confirmed yet')
  })

  it("doesn't call a scene confirmed once OBS is gone", () => {
    const gone = { ...onAir, link: { phase: 'down' as const, since: at(5) } }
    const shown = lines(gone)
    expect(line('on air', shown)).toBe('on air   Main Camera  when OBS was last seen, 0:01:00 ago')
    expect(line('OBS', shown)).toBe('OBS      not connected')
  })

  it('names the scene that waits for OBS', () => {
    const link = { phase: 'down' as const, since: at(5) }
    const moved = { ...onAir, link, program: { ...onAir.program, wanted: 'Break' } }
    expect(line('on air', lines(moved))).toBe(
      'on air   Main Camera  when OBS was last seen, 0:01:00 ago  → Break waits for OBS',
    )
    const neverSeen = { ...moved, program: { ...moved.program, confirmed: null } }
    expect(line('on air', lines(neverSeen))).toBe('on air   –  → Break waits for OBS')
  })

  it("doesn't let the simulator pass for OBS", () => {
    const shown = lines(onAir, at(6), { simulator: true })
    expect(line('on air', shown)).toBe('on air   Main Camera ✓ confirmed by the simulator')
    expect(line('OBS', shown)).toBe('OBS      connected to the simulator · stream live 0:02:00 · recording 0:01:30')
  })

  it.each([
    ['release' as const, 'operator' as const, 'until released'],
    ['cueEnd' as const, 'obs' as const, 'until the end of the cue, switched in OBS'],
    [at(6, 30), 'recurring' as const, 'until 20:06:30, 0:00:30 left, recurring'],
  ])('says how long a force lasts: %s by %s', (until, by, words) => {
    const forced = { ...onAir, override: { scene: 'BRB', since: at(5), until, pause: false, by } }
    expect(line('force', lines(forced))).toBe(`force    BRB  ${words}  for 0:01:00`)
  })

  it('shows the next hard start and counts down to it', () => {
    const hardStart = { cue: 'late', at: at(60), in: 0 }
    expect(line('timing', lines(onAir, at(6), { hardStart }))).toContain('hard start late at 21:00:00, in 0:54:00')
  })

  it('follows the wall clock when it is set', () => {
    expect(lines(onAir, at(6), { wallOffset: 3_600_000 })[0]).toContain('21:06:00')
  })

  it('lists problems with their place in the file', () => {
    const problem = {
      severity: 'error' as const,
      code: 'x',
      message: 'no scene "A"',
      since: 0,
      file: 'show.yaml',
      line: 3,
      col: 5,
    }
    expect(lines({ ...onAir, problems: [problem] })).toContain('✗ show.yaml:3:5: no scene "A"')
  })

  it('lists the worst problems and says how many more there are', () => {
    const problem = (severity: 'error' | 'warning', message: string) => ({ severity, code: 'x', message, since: 0 })
    const warnings = Array.from({ length: 6 }, (_, i) => problem('warning', `odd ${i}`))
    const listed = (problems: Snapshot['problems']) => lines({ ...onAir, problems }).slice(6)
    expect(listed(warnings)).toEqual(['! odd 0', '! odd 1', '! odd 2', '! odd 3', '! odd 4', '! odd 5'])
    expect(listed([...warnings, problem('error', 'bad')])).toEqual([
      '✗ bad',
      '! odd 0',
      '! odd 1',
      '! odd 2',
      '! odd 3',
      '  and 2 more problems, in the log',
    ])
  })

  it('explains every key, on as many lines as it takes', () => {
    const keys = lines(onAir, at(6), { scenes: ['BRB', 'Break'], width: 40 }).slice(6)
    expect(keys.join(' · ')).toContain('r release the forced scene · q, Ctrl+C stop the show and quit')
    expect(keys.at(-1)).toBe('1 BRB · 2 Break')
  })

  it.each([0, 1, 7, 20, 39])('is never wider than a terminal of %i columns', (width) => {
    const title = '日本語のタイトル 👩‍👩‍👧 and much more than there is room for'
    const wide = { ...onAir, cue: onAir.cue && { ...onAir.cue, title }, schedule: { ...schedule, title } }
    for (const text of lines(wide, at(6), { width })) expect(widthOf(text)).toBeLessThanOrEqual(width)
  })

  it('lets no name in the schedule control the terminal', () => {
    const evil = { ...onAir, cue: onAir.cue && { ...onAir.cue, title: 'a\u001b[2Jb\nc' } }
    expect(lines(evil).join('')).not.toMatch(/\p{Cc}/u)
  })

  it('says the same in colour', () => {
    const coloured = lines(onAir, at(6), { colour: true })
    expect(coloured.map(stripVTControlCharacters)).toEqual(lines())
    expect(coloured[0]).toContain('\u001b[32mRUNNING')
  })
})
