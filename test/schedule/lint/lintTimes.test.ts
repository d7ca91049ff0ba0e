import { describe, expect, it } from 'vitest'
import { readSchedule } from '../../../src/schedule/read.ts'

/** The problems of these cues, which begin in line 3 and have a line each. */
const found = (head: string, ...cues: string[]) => {
  const text = `version: 1\ncues:\n${cues.map((cue) => `  - { ${cue} }\n`).join('')}${head}\n`
  return readSchedule(text).problems.map(({ line, col, severity, code }) => `${line}:${col} ${severity} ${code}`)
}
const messages = (head: string, ...cues: string[]) => {
  const text = `version: 1\ncues:\n${cues.map((cue) => `  - { ${cue} }\n`).join('')}${head}\n`
  return readSchedule(text).problems.map(({ message }) => message)
}

describe('hard starts', () => {
  it('may cross midnight, and may follow cues without an ending', () => {
    expect(
      found('', 'scene: A, at: "21:00"', 'scene: B, at: "23:30", duration: 30m', 'scene: C, at: "00:30", duration: 1h'),
    ).toEqual([])
  })

  it('at the same time are an error that names the other cue', () => {
    const cues = [
      'scene: A, at: "20:00", duration: 5m',
      'scene: B, duration: 1h',
      'scene: C, at: "20:00:00", duration: 5m',
    ]
    expect(found('', ...cues)).toEqual(['4:5 warning neverOnAir', '5:21 error sameTime'])
    expect(messages('', ...cues)[1]).toBe(
      'two cues have their hard start at 20:00: move one of them (the other one: line 3)',
    )
    expect(found('', ...cues.map((cue, index) => (index === 2 ? `${cue}, skip: true` : cue)))).toEqual([])
    const dayApart = ['20:00', '21:00', '20:00'].map((at) => `scene: A, at: "${at}", duration: 5m`)
    expect(found('', ...dayApart)).toContain('5:21 error sameTime')
  })

  it('that go back in time fall on the next day, with a warning', () => {
    const cues = ['scene: A, at: "21:00", duration: 1h', 'scene: B, at: "20:00", duration: 1h']
    expect(found('', ...cues)).toEqual(['4:21 warning landsNextDay'])
    expect(messages('', ...cues)).toEqual([
      '20:00 is earlier than 21:00 above, so it falls on the next day, after a wait of 22h: put the cues in order',
    ])
  })

  it('that cut a cue short give a warning that says by how much', () => {
    const cues = ['scene: A, at: "20:00", duration: 90m', 'scene: B, at: "21:00", duration: 1h']
    expect(found('', ...cues)).toEqual(['4:21 warning cutShort'])
    expect(messages('', ...cues)).toEqual([
      'the cue above is planned until 21:30, so this hard start cuts it short by 30m: shorten that cue, or start this one later (the cue above: line 3)',
    ])
    expect(found('', 'scene: A, at: "20:00", duration: 1h', 'scene: B, at: "21:00", duration: 1h')).toEqual([])
  })

  it('may cut a hold, and media of unknown length', () => {
    expect(found('', 'scene: A, at: "20:00", duration: 2h, hold: true', 'scene: B, at: "21:00", duration: 1h')).toEqual(
      [],
    )
    expect(found('', 'scene: A, at: "20:00", duration: 2h, media: M', 'scene: B, at: "21:00", duration: 1h')).toEqual(
      [],
    )
  })

  it('give a warning for each cue that would only begin after them', () => {
    const cues = ['duration: 1h', 'duration: 5m', 'at: "20:00", duration: 1h'].map((keys) => `scene: A, ${keys}`)
    expect(found('start: "19:00"', ...cues)).toEqual(['4:5 warning neverOnAir'])
    expect(found('start: "19:30"', ...cues)).toEqual(['4:5 warning neverOnAir'])
    expect(found('start: "18:30"', ...cues)).toEqual([])
    expect(found('', ...cues)).toEqual([])
  })

  it('before the start of the show fall on the next day, unless the round would still be on', () => {
    const cues = ['scene: A, duration: 1h', 'scene: B, at: "01:00", duration: 1h']
    expect(found('start: "23:00"', ...cues)).toEqual([])
    expect(found('start: "02:00"', ...cues)).toEqual(['4:21 warning landsNextDay'])
    expect(found('start: "01:59"', ...cues)).toEqual(['3:5 warning neverOnAir'])
    const late = ['scene: A, duration: 1h', 'scene: B, at: "23:30", duration: 1h']
    expect(found('start: "00:15"', ...late)).toEqual(['3:5 warning neverOnAir'])
    expect(messages('start: "00:15"', ...late)).toEqual([expect.stringContaining('at 23:30 of the day before')])
    expect(found('start: "00:30"', ...late)).toEqual([])
  })

  it('are compared with a start at a date-time as with a start at a time', () => {
    const cues = ['scene: A, duration: 1h', 'scene: B, at: "20:00", duration: 1h']
    for (const start of ['"19:30"', '"2026-12-04T19:30"'])
      expect(found(`start: ${start}`, ...cues)).toEqual(['4:21 warning cutShort'])
  })

  it('of the first cue after the start of the show have no effect', () => {
    expect(found('start: "19:00"', 'scene: A, at: "20:00", duration: 1h')).toEqual(['3:21 warning firstAtIgnored'])
    expect(found('start: "19:00"', 'scene: A, at: "19:00", duration: 1h')).toEqual([])
    expect(found('loop: true\nstart: "19:00"', 'scene: A, at: "20:00", duration: 1h')).toEqual([])
  })
})

describe('`until`', () => {
  it('is an error at the start of its cue, and a warning before its planned start', () => {
    expect(found('', 'scene: A, at: "20:00", until: "20:00"')).toEqual(['3:37 error untilBeforeStart'])
    expect(found('start: "19:00"', 'scene: A, duration: 90m', 'scene: B, until: "20:00"')).toEqual([
      '4:24 warning untilBeforeStart',
    ])
    expect(found('start: "19:00"', 'scene: A, duration: 30m', 'scene: B, until: "20:00"')).toEqual([])
  })

  it('before the planned start of its cue doesn’t delay the next cue', () => {
    const cues = ['duration: 90m', 'until: "20:00"', 'duration: 10m', 'until: "20:35"'].map(
      (keys) => `scene: A, ${keys}`,
    )
    expect(found('start: "19:00"', ...cues)).toEqual(['4:24 warning untilBeforeStart', '6:24 warning untilBeforeStart'])
  })

  it('earlier in the day than its cue falls on the next day, with a warning', () => {
    expect(found('', 'scene: A, at: "21:00", until: "20:00"')).toEqual(['3:37 warning landsNextDay'])
    expect(found('', 'scene: A, at: "23:00", until: "01:00"')).toEqual([])
    expect(found('start: "20:30"', 'scene: A, until: "20:00"')).toEqual(['3:24 warning landsNextDay'])
  })
})

describe('a cue without an ending', () => {
  it('needs a hard start on the next cue that isn’t skipped', () => {
    expect(found('', 'scene: A', 'scene: B, skip: true, duration: 5m', 'scene: C, at: "20:00", duration: 5m')).toEqual(
      [],
    )
    expect(found('', 'scene: A', 'scene: B, skip: true, at: "19:00"', 'scene: C, duration: 5m')).toEqual([
      '3:5 error noEnding',
    ])
  })

  it('may be the last one of an endless loop that begins with a hard start', () => {
    const cues = ['scene: A, at: "20:00", duration: 5m', 'scene: B']
    expect(found('loop: true', ...cues)).toEqual([])
    expect(found('loop: 3', ...cues)).toEqual(['4:5 error noEnding'])
    expect(found('', ...cues)).toEqual(['4:5 error noEnding'])
    expect(found('loop: true', 'scene: A, duration: 5m', 'scene: B')).toEqual(['4:5 error noEnding'])
  })
})

describe('a loop', () => {
  it('that consists of holds gives a warning', () => {
    expect(found('loop: true', 'scene: A, hold: true', 'scene: B, hold: true')).toEqual(['5:7 warning zeroLengthLoop'])
    expect(found('loop: true', 'scene: A, hold: true', 'scene: B, hold: true, duration: 5m')).toEqual([])
    expect(found('', 'scene: A, hold: true')).toEqual([])
  })
})

describe('an action after the end of its cue', () => {
  it('gives a warning if the length of the cue is known', () => {
    const actions = 'actions: [{ mute: M, after: 10m }]'
    const next = (at: string) => `scene: B, at: "${at}", duration: 5m`
    const late = (cue: string) => [`3:${'  - { '.length + cue.indexOf('10m') + 1} warning afterTheEnd`]

    const short = `scene: A, duration: 5m, ${actions}`
    expect(found('', short)).toEqual(late(short))
    expect(found('', `scene: A, duration: 11m, ${actions}`)).toEqual([])
    expect(found('', `scene: A, duration: 5m, hold: true, ${actions}`)).toEqual([])

    const timed = `scene: A, at: "20:00", until: "20:05", ${actions}`
    expect(found('', timed)).toEqual(late(timed))

    const filled = `scene: A, at: "20:00", duration: 5m, ${actions}`
    expect(found('', filled, next('20:20'))).toEqual([])
    expect(found('filler: F', filled, next('20:20'))).toEqual(late(filled))

    const open = `scene: A, at: "20:00", ${actions}`
    expect(found('', open, next('20:05'))).toEqual(late(open))
  })
})
