import { describe, expect, it } from 'vitest'
import { type Subject, whereNamed } from '../../src/schedule/model/names.ts'
import type { Schedule } from '../../src/schedule/model/schedule.ts'
import { positionAtOnce, positionOf, readSchedule } from '../../src/schedule/read.ts'

const text = `version: 1
transition: Cut
whenFinished: [stopRecord, { media: Jingle, do: stop }]
scenes:
  BRB: { transition: Stinger, actions: [{ mute: Desk Mic }] }
cues:
  - { scene: A, duration: 5s }
  - scene: B
    media: Reel
    duration: 5s
    transition: Fade 300ms
    actions:
      - startRecord
      - { hide: Bug }
      - { show: { scene: A, item: Bug }, after: 1s }
      - { text: Title, value: Hello }
      - { mute: Guest Mic }
  - { id: last, scene: A, duration: 5s, actions: [startRecord, { mute: Guest Mic }] }
`

function read(yaml: string): Schedule {
  const { schedule, problems } = readSchedule(yaml)
  if (schedule === undefined) throw new Error(problems.map(({ message }) => message).join())
  return schedule
}

describe('a name in a schedule', () => {
  const schedule = read(text)
  const place = (subject: Subject) => {
    const path = whereNamed(schedule, subject)
    const at = path === null ? undefined : positionOf(schedule, path)
    return at === undefined ? null : `${at.line}:${at.col}`
  }

  it.each<[string, Subject, string | null]>([
    ['the media of a cue', { kind: 'input', input: 'Reel' }, '9:12'],
    ['an input of a state', { kind: 'input', input: 'Guest Mic' }, '17:9'],
    ['an input of an act', { kind: 'input', input: 'Title' }, '16:9'],
    ['an input of a scene', { kind: 'input', input: 'Desk Mic' }, '5:41'],
    ['an item of the cue’s scene', { kind: 'item', scene: 'B', item: 'Bug' }, '14:9'],
    ['an item of another scene', { kind: 'item', scene: 'A', item: 'Bug' }, '15:9'],
    ['an item that is not there', { kind: 'item', scene: 'C', item: 'Bug' }, null],
    ['the transition of all', { kind: 'transition', name: 'Cut' }, '2:13'],
    ['the transition of a cue', { kind: 'transition', name: 'Fade' }, '11:17'],
    ['the transition of a scene', { kind: 'transition', name: 'Stinger' }, '5:22'],
    ['an act of a cue', { kind: 'act', cue: 'last', act: { kind: 'startRecord' } }, '18:51'],
    ['an act after the show', { kind: 'act', cue: null, act: { kind: 'media', input: 'Jingle', do: 'stop' } }, '3:28'],
    ['an act of a cue that is gone', { kind: 'act', cue: 'gone', act: { kind: 'startRecord' } }, null],
  ])('is found where it first appears: %s', (_, subject, expected) => {
    expect(place(subject)).toBe(expected)
  })

  it('is found even if the report says more of the act than the file does', () => {
    const numbered = { kind: 'act', id: 7, cue: 'last', act: { kind: 'startRecord' } } as const
    expect(place(numbered)).toBe('18:51')
  })

  it('is found at once in a usual file, but in a large file only after its position was asked for', () => {
    const path = ['transition']
    expect(positionAtOnce(schedule, path)).toEqual({ line: 2, col: 13 })
    const large = read(`${text}${'# a long remark\n'.repeat(7000)}`)
    expect(positionAtOnce(large, path)).toBeUndefined()
    expect(positionOf(large, path)).toEqual({ line: 2, col: 13 })
    expect(positionAtOnce(large, path)).toEqual({ line: 2, col: 13 })
  })
})
