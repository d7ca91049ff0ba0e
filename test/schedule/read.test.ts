import { describe, expect, it } from 'vitest'
import { checkSchedule, isChecked } from '../../src/schedule/check.ts'
import { MOST_BYTES, positionOf, readSchedule } from '../../src/schedule/read.ts'
import { formatProblem } from '../../src/schedule/schema/finding.ts'
import { machineTimezone } from '../../src/time/timeOfDay.ts'

const read = (text: string) => readSchedule(text, { file: 'show.yaml' })
const sound = (text: string) => {
  const { schedule, problems } = read(text)
  expect(problems.map(formatProblem)).toEqual([])
  if (schedule === undefined) throw new Error('no schedule')
  return schedule
}

describe('a schedule file', () => {
  it('is read from its text, and anything else is refused with what to do instead', () => {
    for (const given of [undefined, Buffer.from('version: 1'), { version: 1 }])
      expect(() => readSchedule(given as never)).toThrow(/takes the text of a schedule/)
  })

  it('needs only a version and a cue, because everything else has a default', () => {
    const { digest, ...schedule } = sound('version: 1\ncues: [{ scene: Main Camera, duration: 5m }]\n')
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(schedule).toEqual({
      version: 1,
      title: null,
      timezone: machineTimezone(),
      start: { kind: 'manual' },
      days: null,
      rounds: 1,
      whenFinished: [],
      obs: { url: null },
      transition: null,
      fallback: null,
      filler: null,
      policies: {
        manualSwitch: 'adopt',
        afterGap: 'catchUp',
        streamLost: 'continue',
        streamGrace: 10_000,
        streamStopped: 'continue',
      },
      scenes: {},
      cues: [
        {
          id: 'main-camera',
          explicitId: false,
          title: 'Main Camera',
          scene: 'Main Camera',
          note: null,
          skip: false,
          duration: 300_000,
          until: null,
          at: null,
          due: null,
          hold: false,
          media: null,
          warning: null,
          danger: null,
          transition: null,
          actions: [],
        },
      ],
      recurring: [],
      hotkeys: [],
    })
  })

  it('is read with every key that it may have', () => {
    const schedule = sound(`
version: 1
title: Friday show
timezone: Europe/Berlin
start: "19:00"
days: [fri]
loop: 3
whenFinished: [stopRecord, { chapter: The end }]
obs: { url: ws://127.0.0.1:4455 }
transition: Fade 300ms
fallback: Technical Issues
filler: Standby
policies: { manualSwitch: reclaim, afterGap: resume, streamLost: pause, streamGrace: 5s, streamStopped: stop }
scenes:
  BRB: { transition: Cut, actions: [{ mute: Desk Mic }, { show: Clock, after: 1s, for: 2s }] }
cues:
  - { scene: A, until: "20:00", title: First, note: Smile }
  - { scene: B, media: Reel, duration: 90s, due: "20:05" }
  - { scene: C, hold: true, duration: 15m, skip: true }
  - id: late
    scene: D
    at: "21:00"
    duration: 45m
    transition: { name: My Fade 300ms, duration: 1s }
    actions:
      - startRecord
      - { show: Lower Third, after: 10s, for: 8s }
      - { hide: { scene: Camera 2, item: Bug } }
      - { unmute: Desk Mic }
      - { media: Reel, do: restart }
      - { do: saveReplay, after: 20m }
      - { text: Title, value: "" }
      - { hotkey: OBSBasic.Screenshot }
recurring:
  - { every: 1h, scene: Ident, duration: 10s }
  - { at: ["21:30", "19:30"], days: [mon, fri], scene: News, duration: 5m }
  - { at: "22:00", scene: News, duration: 5m }
hotkeys:
  - { keys: Ctrl+Alt+T, forceScene: Technical Issues, pause: true, toggle: true }
  - { keys: Ctrl+Alt+G, command: goTo, cue: late, offset: 10s }
`)
    expect(schedule).toMatchObject({
      title: 'Friday show',
      timezone: 'Europe/Berlin',
      start: { kind: 'timeOfDay', time: 68_400_000 },
      days: ['fri'],
      rounds: 3,
      whenFinished: [{ kind: 'stopRecord' }, { kind: 'chapter', title: 'The end' }],
      obs: { url: 'ws://127.0.0.1:4455' },
      transition: { name: 'Fade', duration: 300 },
      policies: { manualSwitch: 'reclaim', afterGap: 'resume', streamLost: 'pause', streamGrace: 5000 },
      scenes: {
        BRB: {
          transition: { name: 'Cut', duration: null },
          actions: [
            { after: 0, for: null, state: { kind: 'mute', input: 'Desk Mic', muted: true } },
            { after: 1000, for: 2000, state: { kind: 'item', scene: 'BRB', item: 'Clock', visible: true } },
          ],
        },
      },
      cues: [
        { id: 'a', title: 'First', note: 'Smile', until: 72_000_000, duration: null },
        { id: 'b', media: 'Reel', duration: 90_000, due: 72_300_000 },
        { id: 'c', hold: true, duration: 900_000, skip: true },
        {
          id: 'late',
          explicitId: true,
          at: 75_600_000,
          transition: { name: 'My Fade 300ms', duration: 1000 },
          actions: [
            { after: 0, act: { kind: 'startRecord' } },
            { after: 10_000, for: 8000, state: { kind: 'item', scene: 'D', item: 'Lower Third', visible: true } },
            { after: 0, for: null, state: { kind: 'item', scene: 'Camera 2', item: 'Bug', visible: false } },
            { after: 0, for: null, state: { kind: 'mute', input: 'Desk Mic', muted: false } },
            { after: 0, act: { kind: 'media', input: 'Reel', do: 'restart' } },
            { after: 1_200_000, act: { kind: 'saveReplay' } },
            { after: 0, act: { kind: 'text', input: 'Title', value: '' } },
            { after: 0, act: { kind: 'hotkey', name: 'OBSBasic.Screenshot' } },
          ],
        },
      ],
      recurring: [
        { scene: 'Ident', duration: 10_000, days: null, when: { kind: 'every', interval: 3_600_000 } },
        { scene: 'News', days: ['mon', 'fri'], when: { kind: 'at', times: [70_200_000, 77_400_000] } },
        { when: { kind: 'at', times: [79_200_000] } },
      ],
      hotkeys: [
        {
          keys: { code: 'KeyT' },
          command: { type: 'forceScene', scene: 'Technical Issues', pause: true, toggle: true },
        },
        { keys: { code: 'KeyG' }, command: { type: 'goTo', cue: 'late', offset: '10s' } },
      ],
    })
  })

  it.each([
    ['manual', { kind: 'manual' }],
    ['stream', { kind: 'stream' }],
    ['2026-12-04T19:00', { kind: 'dateTime', dateTime: '2026-12-04T19:00' }],
    ['19:00:30', { kind: 'timeOfDay', time: 68_430_000 }],
  ])('starts %s', (start, expected) => {
    expect(sound(`version: 1\nstart: ${start}\ncues: [{ scene: A, duration: 5m }]`).start).toEqual(expected)
  })

  it('loops for ever, a number of times, or not at all', () => {
    const rounds = (loop: string) => sound(`version: 1\nloop: ${loop}\ncues: [{ scene: A, duration: 5m }]`).rounds
    expect([rounds('true'), rounds('4'), rounds('false')]).toEqual([Number.POSITIVE_INFINITY, 4, 1])
  })

  it('gives each cue a unique id, even if some ids are written in the file', () => {
    const { cues } = sound(`
version: 1
cues:
  - { scene: Main Camera!, duration: 1s }
  - { scene: main camera, duration: 1s }
  - { scene: Other, id: main-camera-2, duration: 1s }
  - { scene: Caméra Ä, duration: 1s }
  - { scene: スタジオ, duration: 1s }
  - { scene: "!!!", duration: 1s }
`)
    expect(cues.map(({ id }) => id)).toEqual([
      'main-camera',
      'main-camera-3',
      'main-camera-2',
      'camera-a',
      'スタジオ',
      'cue',
    ])
  })

  it('may give a scene any name', () => {
    const { scenes } = sound(
      'version: 1\nscenes: { constructor: { transition: Cut } }\ncues: [{ scene: constructor, duration: 1s }]',
    )
    expect(scenes['constructor']).toEqual({ transition: { name: 'Cut', duration: null }, actions: [] })
    expect(scenes['toString']).toBeUndefined()
  })

  it('may use merge keys, anchors, and any keys that begin with x-', () => {
    const { cues } = sound(`
version: 1
x-base: &base { transition: Cut, duration: 90s }
x-whatever: [1, 2]
cues:
  - { <<: *base, scene: A }
  - &b { <<: [*base], scene: B, duration: 5s }
  - *b
`)
    expect(cues).toMatchObject([
      { scene: 'A', duration: 90_000, transition: { name: 'Cut' } },
      { scene: 'B', duration: 5000 },
      { id: 'b-2', scene: 'B', duration: 5000 },
    ])
  })

  it('has a digest that depends on its meaning, not on its spelling', () => {
    const digest = (text: string) => sound(text).digest
    const plain = digest('version: 1\nloop: true\nscenes: { A: {}, B: {} }\ncues: [{ scene: A, duration: 90s }]')
    expect(
      digest('# x\ncues:\n  - duration: 1m30s\n    scene: "A"\nloop: true\nscenes: {B: {}, A: {}}\nversion: 1'),
    ).toBe(plain)
    expect(digest('version: 1\nloop: true\nscenes: { A: {}, B: {} }\ncues: [{ scene: A, duration: 91s }]')).not.toBe(
      plain,
    )
    const keys = (hotkey: string) => digest(`version: 1\ncues: [{ scene: A, duration: 5m }]\nhotkeys: [{ ${hotkey} }]`)
    expect(
      keys('toggle: true, until: 5s, forceScene: B, transition: { duration: 1s, name: Fade }, keys: Alt+Ctrl+b'),
    ).toBe(keys('keys: Ctrl+Alt+B, forceScene: B, transition: { name: Fade, duration: 1s }, until: 5s, toggle: true'))
    expect(digest('version: 1\nscenes: { A: {}, B: {} }\ncues: [{ scene: A, duration: 90s }]')).not.toBe(plain)
  })

  it('becomes a schedule that is frozen throughout, and known as checked', () => {
    const schedule = sound('version: 1\ncues: [{ scene: A, duration: 5m, actions: [{ mute: Mic }] }]')
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen))
    expect(frozen(schedule)).toBe(true)
    expect(isChecked(schedule)).toBe(true)
    expect(isChecked({ ...schedule })).toBe(false)
  })

  it('becomes the same schedule as an object with the same content', () => {
    const document = { version: 1, title: undefined, cues: [{ scene: 'A', duration: '5m', note: undefined }] }
    const { schedule, problems } = checkSchedule(document)
    expect(problems).toEqual([])
    expect(schedule).toEqual(sound('version: 1\ncues: [{ scene: A, duration: 5m }]'))
    expect(isChecked(schedule)).toBe(true)
  })

  it('remembers the position of each value, even if it came by an alias or a merge key', () => {
    const schedule = sound(`version: 1
x-base: &base
  media: Reel
cues:
  - scene: A
    <<: *base
    duration: 5m
  - &b { scene: B, duration: 5m }
  - *b
`)
    expect(positionOf(schedule, ['cues', 0, 'scene'])).toEqual({ file: 'show.yaml', line: 5, col: 12 })
    expect(positionOf(schedule, ['cues', 0, 'media'])).toEqual({ file: 'show.yaml', line: 3, col: 10 })
    expect(positionOf(schedule, ['cues', 2])).toEqual({ file: 'show.yaml', line: 9, col: 5 })
    expect(positionOf(schedule, ['cues', 2, 'scene'])).toEqual({ file: 'show.yaml', line: 8, col: 17 })
    expect(positionOf(schedule, ['cues', 0, 'note'])).toEqual({ file: 'show.yaml', line: 5, col: 5 })
    const { schedule: byHand } = checkSchedule({ version: 1, cues: [{ scene: 'A', duration: '5m' }] })
    expect(byHand && positionOf(byHand, ['cues', 0])).toBeUndefined()
  })

  it('may have up to 16 MiB, 100 aliases and 1 000 000 cues', () => {
    const start = 'version: 1\ncues: [{ scene: A, duration: 5m }]\n#'
    const codes = (text: string) => read(text).problems.map(({ code }) => code)
    expect(codes(start + 'x'.repeat(MOST_BYTES - start.length))).toEqual([])
    expect(codes(start + 'x'.repeat(MOST_BYTES - start.length + 1))).toEqual(['fileTooLarge'])

    const aliases = (count: number) => `version: 1\ncues:\n - &a { scene: A, duration: 5m }\n${' - *a\n'.repeat(count)}`
    expect(codes(aliases(100))).toEqual([])
    expect(codes(aliases(101))).toEqual(['tooManyAliases'])

    const cue = { scene: 'A', duration: '5m' }
    const { problems } = checkSchedule({ version: 1, cues: Array.from({ length: 1_000_001 }, () => cue) })
    expect(problems.map(({ code }) => code)).toEqual(['tooManyCues'])
  })

  it('that multiplies itself by aliases or merge keys is refused at once, at the alias that goes too far', () => {
    const bomb = (first: string, level: (aliases: string) => string) => {
      const levels = Array.from({ length: 19 }, (_, n) => `  - &l${n + 1} ${level(`*l${n}, `.repeat(5))}`)
      const text = `version: 1\nx-bomb:\n  - &l0 ${first}\n${levels.join('\n')}\ncues: [{ scene: A, duration: 5m }]`
      return read(text).problems.map(({ line, col, code }) => `${line}:${col} ${code}`)
    }
    expect(bomb('[x]', (aliases) => `[${aliases}]`)).toEqual(['10:15 aliasesTooLarge'])
    expect(bomb('{ a: 1 }', (aliases) => `{ <<: [${aliases}] }`)).toEqual(['10:16 aliasesTooLarge'])
    const long = `[${'saveReplay, '.repeat(50_000)}]`
    const cues = '  - { scene: A, duration: 5m, actions: *a }\n'.repeat(90)
    expect(read(`version: 1\nx-a: &a ${long}\ncues:\n${cues}`).problems).toMatchObject([
      { line: 5, col: 40, code: 'aliasesTooLarge' },
    ])
  })
})
