import { describe, expect, it } from 'vitest'
import { checkSchedule } from '../../src/schedule/check.ts'
import { readSchedule } from '../../src/schedule/read.ts'
import { formatProblem } from '../../src/schedule/schema/finding.ts'

describe('the line that shows a problem', () => {
  it('has no control characters, whatever the file holds', () => {
    const [line] = readSchedule(
      'version: 1\n"\\e[31mred\\nx\\0": 1\ncues: [{ scene: A, duration: 1m }]\n',
    ).problems.map(formatProblem)
    expect(line).toContain('`\\u001b[31mred\\u000ax\\u0000`')
    expect(line).not.toMatch(/\p{Cc}/u)
  })
})

const problemsOf = (text: string) => readSchedule(text, { file: 's.yaml' }).problems.map(formatProblem)

/** The problems of a sound schedule with another line, which is line 4. */
const withLine = (line: string) => problemsOf(`version: 1\ncues:\n  - { scene: A, duration: 5m }\n${line}\n`)

/** The problems of a cue with these keys. It begins at 3:5, and its second key at 3:17. */
const withCue = (keys: string) => problemsOf(`version: 1\ncues:\n  - { scene: A, ${keys} }\n`)

describe('a problem at the top of the file', () => {
  it.each([
    ['titel: Show', '4:1: error: unknown key `titel`; did you mean `title`?'],
    ['frobnicate: 1', '4:1: error: unknown key `frobnicate`; keys of your own begin with x-'],
    ['title: 5', '4:8: error: the title of the show is a text, and this is read as the number 5: put it in quotes'],
    ['timezone: Europe/Berln', '4:11: error: unknown time zone `Europe/Berln`; did you mean `Europe/Berlin`?'],
    [
      'start: streem',
      '4:8: error: `start` is manual, stream, a time "19:00" or a date-time "2026-12-04T19:00", not `streem`; did you mean `stream`?',
    ],
    [
      'start: "2026-02-30T19:00"',
      '4:8: error: `start` is manual, stream, a time "19:00" or a date-time "2026-12-04T19:00", not `2026-02-30T19:00`',
    ],
    ['start: "19:00"\ndays: [fry]', '5:8: error: unknown value `fry`; did you mean `fri`?'],
    ['start: "19:00"\ndays: [Friday]', '5:8: error: unknown value `Friday`; did you mean `fri`?'],
    ['timezone: ""', '4:11: error: a time zone is empty: write its name'],
    ['timezone: Berlin', '4:11: error: unknown time zone `Berlin`; did you mean `Europe/Berlin`?'],
    [
      'start: 2026-12-04 19:00',
      '4:8: error: `start` is manual, stream, a time "19:00" or a date-time "2026-12-04T19:00", not `2026-12-04 19:00`; did you mean `2026-12-04T19:00`?',
    ],
    ['start: "19:00"\ndays: fri', '5:7: error: write the weekdays as a list, such as [mon, fri], not `fri`'],
    [
      'days: [fri]',
      '4:1: warning: `days` only works with a start at a time of day, such as `start: "19:00"`: it has no effect here',
    ],
    ['loop: 0', '4:7: error: a loop has at least one round: write false for a show that plays once'],
    ['loop: 1e300', '4:7: error: this number of rounds is too large: write true for a show that loops for ever'],
    ['loop: "3"', '4:7: error: write true, false, or a whole number of rounds of at least 1, not `"3"`'],
    ['loop: 1.5', '4:7: error: write true, false, or a whole number of rounds of at least 1, not `1.5`'],
    ['loop: yes', '4:7: error: write true, false, or a whole number of rounds of at least 1, not `yes`'],
    [
      'loop: true\nwhenFinished: [stopRecord]',
      '5:1: warning: this show loops for ever, so this never happens: delete it, or give `loop` a number',
    ],
    ['whenFinished: [stopRecrod]', '4:16: error: unknown value `stopRecrod`; did you mean `stopRecord`?'],
    [
      'whenFinished: [{ mute: Mic }]',
      '4:18: error: `mute` lasts as long as a cue: write it as an action of the last cue',
    ],
    [
      'obs: { url: "http://127.0.0.1:4455" }',
      '4:13: error: the address of OBS begins with ws:// or wss://, not http://: write one such as ws://127.0.0.1:4455',
    ],
    [
      'obs: { url: "localhost:4455" }',
      '4:13: error: the address of OBS begins with ws:// or wss://, not `localhost:4455`: write one such as ws://127.0.0.1:4455',
    ],
    [
      'obs: { url: "ws://localhost#4455" }',
      "4:13: error: `ws://localhost#4455` has a part after #, which WebSockets don't allow: delete it",
    ],
    [
      'obs: { url: "127.0.0.1:4455" }',
      "4:13: error: `127.0.0.1:4455` isn't an address: write one such as ws://127.0.0.1:4455",
    ],
    [
      'obs: { url: "ws://:secret@127.0.0.1" }',
      '4:13: error: a password is never read from a schedule: use OBS_PASSWORD or --obs-password-file',
    ],
    [
      'obs: { password: secret }',
      '4:8: error: the password of OBS is never read from a schedule, because schedules get shared: use OBS_PASSWORD or --obs-password-file',
    ],
    ['obs:', '4:1: error: this has to be a map, not nothing'],
    ['transition: 300ms', "4:13: error: `300ms` is a duration only: write the transition's name before it"],
    [
      'transition: Fade 0ms',
      "4:13: error: `0ms` isn't a duration: write whole numbers over 0, such as 300ms, or { name: Fade 0ms } for a name",
    ],
    ['transition: { name: Fade, duratoin: 1s }', '4:27: error: unknown key `duratoin`; did you mean `duration`?'],
    ['transition: { duration: 1s }', '4:13: error: `name` is missing: add `name: …`'],
    ['transition: [Fade]', '4:13: error: a transition is a name with a duration, such as Fade 300ms, not a list'],
    ['policies: { manualSwitch: adpot }', '4:27: error: unknown value `adpot`; did you mean `adopt`?'],
    ['policies: { afterGap: }', '4:13: error: write catchUp or resume, not nothing'],
    ['policies: { afterGap: never }', '4:23: error: unknown value `never`: write catchUp or resume'],
    ['policies: { streamGrace: 10 }', '4:26: error: a duration needs a unit: write 10s (00:00:10) or 10m (00:10:00)'],
    ['scenes: { BRB: { transitoin: Cut } }', '4:18: error: unknown key `transitoin`; did you mean `transition`?'],
    [
      'scenes: { BRB: { actions: [{ chapter: X }] } }',
      '4:30: error: `chapter` is done once, so it belongs to a cue: scenes only have states',
    ],
    [
      'scenes: { BRB: { actions: [startRecord] } }',
      '4:28: error: write a state such as { mute: Desk Mic }; acts belong to cues',
    ],
    ['scenes: [BRB]', '4:9: error: `scenes` is a map, not a list'],
    [
      'recurring: [{ scene: X, duration: 5s }]',
      '4:13: error: write either `every` or `at` to say when this scene comes',
    ],
    [
      'recurring: [{ every: 1h, at: "19:00", scene: X, duration: 5s }]',
      '4:13: error: write either `every` or `at` to say when this scene comes',
    ],
    [
      'recurring: [{ every: 5s, scene: X, duration: 5s }]',
      '4:22: warning: this scene lasts 5s and comes every 5s, so the cues are never seen: make `every` longer',
    ],
    [
      'recurring: [{ at: ["25:00"], scene: X, duration: 5s }]',
      '4:20: error: `25:00` isn\'t a time of day: write it like "19:00" or "19:00:30", up to "23:59:59"',
    ],
    ['recurring: { every: 1h }', '4:12: error: `recurring` is a list, not a map: begin each entry with `- `'],
  ])('%s', (line, problem) => {
    expect(withLine(line)).toEqual([`s.yaml:${problem}`])
  })

  it.each([
    ['cues: [{ scene: A, duration: 5m }]', '1:1: error: `version` is missing: add `version: 1`'],
    [
      'version: 2\ncues: [{ scene: A, duration: 5m }]',
      '1:10: error: this program reads version 1: write `version: 1`, not `2`',
    ],
    ['version: 1\ncues: []', '2:7: error: there are no cues: add at least one, such as { scene: …, duration: 5m }'],
    ['version: 1', '1:1: error: `cues` is missing: add the list of cues, such as `cues: [{ scene: …, duration: 5m }]`'],
    ['', '1:1: error: a schedule is a map that begins with `version: 1`, not nothing'],
    ['- scene: A', '1:1: error: a schedule is a map that begins with `version: 1`, not a list'],
    [
      'version: 1\ncues:\n  - { scene: A, duration: 5m, skip: true }',
      '3:3: error: every cue has `skip: true`, so there is nothing to play: keep one of them',
    ],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([`s.yaml:${problem}`])
  })
})

describe('a problem of a cue', () => {
  it.each([
    ['durtion: 5m', '3:17: error: unknown key `durtion`; did you mean `duration`?'],
    ['duration: 90', '3:27: error: a duration needs a unit: write 90s (00:01:30) or 90m (01:30:00)'],
    ['duration: 0s', '3:27: error: `0s` is too short: a duration is over 0'],
    ['duration: -5s', '3:27: error: `-5s` is too short: a duration is over 0'],
    [
      'duration: "05:00"',
      "3:27: error: `05:00` isn't a duration: write 00:05:00 (minutes and seconds) or 05:00:00 (hours and minutes)",
    ],
    ['duration: 5min', "3:27: error: `5min` isn't a duration; did you mean `5m`?"],
    ['duration: 1.5h', "3:27: error: `1.5h` isn't a duration; did you mean `1h30m`?"],
    ['duration: 878401h', '3:27: error: `878401h` is too long: a duration is at most 100 years'],
    ['duration: .inf', "3:27: error: `Infinity` isn't a duration: write it like 250ms, 90s, 5m, 1h30m or 00:05:00"],
    ['duration: 0', '3:27: error: a duration is over 0, and has a unit: write 90s or 00:01:30'],
    ['until: "9:00"', '3:24: error: `9:00` isn\'t a time of day: write "09:00"'],
    ['until: "24:00"', '3:24: error: `24:00` isn\'t a time of day: write "00:00"'],
    [
      'duration: 5m, id: 7',
      '3:35: error: the id of a cue is a text, and this is read as the number 7: put it in quotes',
    ],
    ['duration: 5m, id: ""', '3:35: error: the id of a cue is empty: write its name'],
    ['duration: 5m, skip: yes', '3:37: error: write true or false, not `yes`'],
    [
      'media: Reel',
      '3:24: error: `media` also needs a `duration`, the longest it may take: plans use it, and it ends the cue if the media fails',
    ],
    [
      'until: "20:00", duration: 5m',
      '3:17: error: a cue has one ending, and this one has duration and until: keep one of them',
    ],
    [
      'until: "20:00", hold: true',
      '3:33: error: a cue has one ending, and this one has until and hold: keep one of them',
    ],
    [
      'media: Reel, duration: 5m, hold: true',
      '3:44: error: a cue has one ending, and this one has media and hold: keep one of them',
    ],
    [
      'note: x',
      '3:5: error: this cue has no ending, and nothing comes after it: add `duration`, `until` or `hold: true`',
    ],
    [
      'hold: false',
      '3:5: error: this cue has no ending, and nothing comes after it: add `duration`, `until` or `hold: true`',
    ],
    [
      'duration: 5m, actions: startRecord',
      '3:40: error: write a list of actions, such as [startRecord], not `startRecord`',
    ],
    ['duration: 5m, actions: [startRecrd]', '3:41: error: unknown value `startRecrd`; did you mean `startRecord`?'],
    ['duration: 5m, actions: [{ shwo: X }]', '3:43: error: unknown key `shwo`; did you mean `show`?'],
    ['duration: 5m, actions: [{ show: { scene: X } }]', '3:49: error: `item` is missing: add `item: …`'],
    [
      'duration: 5m, actions: [{ after: 5s }]',
      "3:41: error: this action doesn't say what to do: add one of show, hide, mute, unmute, chapter, media, text, hotkey or do",
    ],
    [
      'duration: 5m, actions: [{ show: X, hide: Y }]',
      '3:52: error: `show` and `hide` are two actions: write them as two entries',
    ],
    [
      'duration: 5m, actions: [{ chapter: X, for: 5s }]',
      "3:60: error: `chapter` is done once, so it can't last: delete `for`",
    ],
    [
      'duration: 5m, actions: [{ media: X }]',
      "3:41: error: `media` doesn't say what to do with it: add `do: play`, pause, restart or stop",
    ],
    [
      'duration: 5m, actions: [{ media: X, do: rewind }]',
      '3:57: error: unknown value `rewind`: write an act such as startRecord; with `media`, play, pause, restart or stop',
    ],
    [
      'duration: 5m, actions: [{ do: stopRecrd }]',
      '3:47: error: unknown value `stopRecrd`; did you mean `stopRecord`?',
    ],
    [
      'duration: 5m, actions: [{ do: play }]',
      "3:41: error: this action doesn't say what to play: add `media: …`, a media input",
    ],
    [
      'duration: 5m, actions: [{ do: startRecord, for: 5s }]',
      "3:65: error: `do` is done once, so it can't last: delete `for`",
    ],
    [
      'duration: 5m, actions: [{ media: X, do: startRecord }]',
      '3:53: error: `media` and `do` are two actions: write them as two entries',
    ],
    [
      'duration: 5m, actions: [{ chapter: X, do: play }]',
      '3:55: error: `do` belongs to `media`, not to `chapter`: delete it',
    ],
    [
      'duration: 5m, actions: [{ startRecord, after: 5s }]',
      '3:43: error: `startRecord` takes no value: write `do: startRecord`, or just startRecord',
    ],
    [
      'duration: 5m, actions: [{ text: X }]',
      "3:41: error: `text` doesn't say what to do with it: add `value: …`, the text to show",
    ],
    [
      'duration: 5m, actions: [{ mute: X, value: y }]',
      '3:52: error: `value` belongs to `text`, not to `mute`: delete it',
    ],
    [
      'duration: 5m, actions: [{ mute: X, after: 5m }]',
      '3:59: warning: this never happens: it comes after 5m, but the cue lasts 5m',
    ],
    [
      'duration: 5m, actions: [{ mute: X, after: 5 }]',
      '3:59: error: a duration needs a unit: write 5s (00:00:05) or 5m (00:05:00)',
    ],
  ])('%s', (keys, problem) => {
    expect(withCue(keys)).toEqual([`s.yaml:${problem}`])
  })

  it.each([
    ['version: 1\ncues:\n  - duration: 5m', '3:5: error: `scene` is missing: add the name of an OBS scene'],
    ['version: 1\ncues:\n  - scene:\n    duration: 5m', '3:5: error: a scene is missing: nothing is written here'],
    [
      'version: 1\ncues:\n  - scene: 5\n    duration: 5m',
      '3:12: error: a scene is a text, and this is read as the number 5: put it in quotes',
    ],
    [
      'version: 1\ncues:\n  - scene:A\n    duration:5m',
      '3:5: error: this has to be a map, not `scene:A duration:5m`: add a space after `scene:`',
    ],
    ['version: 1\ncues:\n  - Main Camera', '3:5: error: this has to be a map, not `Main Camera`'],
    [
      'version: 1\ncues:\n  - { scene: A }\n  - { scene: B, duration: 5m }',
      '3:5: error: this cue has no ending, and the next cue has no hard start (`at`): add `duration`, `until` or `hold: true`',
    ],
    [
      'version: 1\ncues:\n  - { scene: A, duration: 5m, id: a }\n  - { scene: B, duration: 5m, id: a }',
      '4:35: error: two cues have the id `a`: give this one another (the first one: line 3)',
    ],
    [
      'version: 1\nx-b: &b { durtion: 5m }\ncues:\n  - { <<: *b, scene: A }',
      '2:11: error: unknown key `durtion`; did you mean `duration`?',
    ],
    [
      'version: 1\nx-b: &b { scene: A, duration: 5 }\ncues:\n  - *b',
      '2:31: error: a duration needs a unit: write 5s (00:00:05) or 5m (00:05:00)',
    ],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([`s.yaml:${problem}`])
  })
})

describe('a problem of a hotkey', () => {
  it.each([
    ['- { keys: Ctl+B, command: next }', '4:13: error: unknown key `Ctl`; did you mean `Ctrl`?'],
    ['- { command: next }', '4:5: error: `keys` is missing: add the keys, such as Ctrl+Alt+B'],
    ['- { keys: F1 }', '4:5: error: this hotkey does nothing: add `forceScene: …` or `command: …`'],
    ['- { keys: 5, command: next }', '4:13: error: keys are a text: write "5" in quotes'],
    ['- { keys: Ctrl-B, command: next }', '4:13: error: keys are joined by +; did you mean `Ctrl+B`?'],
    ['- { keys: F1, command: skip }', '4:26: error: unknown value `skip`; did you mean `skipCurrentScene`?'],
    ['- { keys: F1, command: nxt }', '4:26: error: unknown value `nxt`; did you mean `next`?'],
    ['- { keys: F1, command: configure }', "4:26: error: `configure` can't be a hotkey: it is for programs"],
    [
      '- { keys: F1, command: updateStreamStatus }',
      "4:26: error: `updateStreamStatus` can't be a hotkey: it is for programs",
    ],
    ['- { keys: F1, command: next, by: 30s }', "4:32: error: `next` doesn't take `by`: it takes ifCue"],
    ['- { keys: F1, command: pause, by: 30s }', "4:33: error: `pause` doesn't take `by`: it takes no arguments"],
    ['- { keys: F1, command: extend }', '4:5: error: `by` is missing: add `by: …` (`extend` needs it)'],
    [
      '- { keys: F1, command: extend, by: 30 }',
      '4:38: error: a duration needs a unit: write 30s (00:00:30) or 30m (00:30:00)',
    ],
    [
      '- { keys: F1, command: extend, by: -30 }',
      '4:38: error: `-30` needs a unit: write -30s for seconds or -30m for minutes',
    ],
    ['- { keys: F1, forceScene: BRB, command: next }', '4:34: error: `forceScene` says it all: delete `command`'],
    [
      '- { keys: F1, forceScene: BRB, cue: a }',
      "4:34: error: `forceScene` doesn't take `cue`: it takes scene, until, transition, toggle and pause",
    ],
    [
      '- { keys: F1, forceScene: BRB, until: soon }',
      '4:41: error: a force lasts until release, until cueEnd, or for a duration such as 30s, not `soon`',
    ],
    [
      '- { keys: F1, forceScene: BRB, until: cueend }',
      '4:41: error: a force lasts until release, until cueEnd, or for a duration such as 30s, not `cueend`; did you mean `cueEnd`?',
    ],
    [
      '- { keys: F1, forceScene: BRB, until: 30 }',
      '4:41: error: a force lasts until release, until cueEnd, or for a duration such as 30s, not `30`: write 30s (00:00:30) or 30m (00:30:00)',
    ],
    [
      '- { keys: F1, forceScene: BRB, until: cueEnd, pause: true }',
      '4:41: error: `until: cueEnd` and `pause: true` exclude each other: a paused cue never ends; leave one of them out',
    ],
    ['- { keys: F1, command: goTo, cue: opning }', '4:37: error: no cue has the id `opning`; did you mean `opening`?'],
    [
      '- { keys: F1, command: next }\n  - { keys: f1, command: stop }',
      '5:13: error: another hotkey has F1 already: choose other keys for one of them (the other one: line 4)',
    ],
    [
      '- { keys: B, command: next }',
      '4:13: warning: B alone is pressed whenever somebody types, in any window: add Ctrl, Alt or Meta',
    ],
  ])('%s', (line, problem) => {
    const text = `version: 1\ncues: [{ id: opening, scene: A, duration: 5m }]\nhotkeys:\n  ${line}\n`
    expect(problemsOf(text)).toEqual([`s.yaml:${problem}`])
  })
})

describe('a YAML error', () => {
  it.each([
    ['title: a\ntitle: b', '5:1: error: this key is in the same map twice: keep one of them'],
    ['scenes: { BRB: *nope }', '4:16: error: there is no anchor &nope above, so `*nope` stands for nothing'],
    ['x-a: &a [*a]', '4:10: error: `*a` stands for something that contains it: write it out'],
    ['title: !important x', '4:8: error: tags are not part of a schedule: delete this one'],
    [
      '---\nversion: 1',
      '4:1: error: a second document begins here: a file holds one schedule, so delete the line `---`',
    ],
    ['x-a: !!binary aGk=', '4:6: error: tags are not part of a schedule: delete this one'],
    ['scenes: { <<: 5 }', '4:15: error: `<<` merges maps, by an alias: `<<: *base`, or `<<: [*base, *other]`'],
    ['scenes: { <<: }', '4:11: error: `<<` merges maps, by an alias: `<<: *base`, or `<<: [*base, *other]`'],
    ['scenes: { <<: *nope }', '4:15: error: there is no anchor &nope above, so `*nope` stands for nothing'],
    ['scenes: &a { <<: *a }', '4:18: error: `*a` stands for something that contains it: write it out'],
    ['title: Q: A', '4:9: error: there is a second `: ` here: put the text that has it in quotes, or begin a new line'],
    ['title: @home', "4:8: error: text can't begin with `@`: put it in quotes"],
    ['title\nloop: true', '4:1: error: a key is followed by `: `, and this line has none'],
    [`x-a: ${'['.repeat(5000)}${']'.repeat(5000)}`, '4:'],
    ['scenes:\n\tBRB: {}', '5:1: error: YAML is indented by spaces: replace this tab'],
    ['title: "unclosed', "5:1: error: this isn't valid YAML"],
  ])('%j', (line, problem) => {
    const [first] = withLine(line)
    expect(first?.startsWith(`s.yaml:${problem}`), first).toBe(true)
  })
})

describe('problems', () => {
  it('come from reading the file as YAML 1.2, and another %YAML version is one of them', () => {
    const text = 'version: 1\nloop: yes\ncues: [{ scene: A, duration: 5m }]\n'
    expect(problemsOf(`%YAML 1.1\n---\n${text}`)).toEqual([
      's.yaml:1:1: error: schedules are YAML 1.2: delete the line `%YAML 1.1`',
    ])
    expect(problemsOf(`%YAML 1.1\n---\n${text}#${'x'.repeat(200_000)}`)).toHaveLength(1)
    expect(problemsOf(`%YAML 1.2\n---\n${text}`)).toEqual([
      's.yaml:4:7: error: write true, false, or a whole number of rounds of at least 1, not `yes`',
    ])
  })

  it('have positions that match an editor, even after a byte order mark and with Windows line ends', () => {
    const text = 'versoin: 1\r\ncues:\r\n  - scene: A\r\n    duration: 5\r\n'
    const places = readSchedule(`\uFEFF${text}`).problems.map(({ line, col, code }) => `${line}:${col} ${code}`)
    expect(places).toEqual(['1:1 missingKey', '1:1 unknownKey', '4:15 wrongType'])
  })

  it('are all reported even if there are too many aliases', () => {
    const text = `version: 1\ncues:\n  - &a { scene: A, duration: 5m }\n${'  - *a\n'.repeat(101)}titel: x\n`
    expect(readSchedule(text).problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '104 tooManyAliases',
      '105 unknownKey',
    ])
  })

  it('are all reported in one go, in the order of the file', () => {
    const text = `version: 1
titel: x
titel: y
start: noon
cues:
  - { scene: A, duration: 90 }
  - { scene: B, id: b, durtion: 5m }
  - { scene: C, id: b }
  - { scene: D, duration: 1m }
hotkeys:
  - { keys: F1, command: nxt }
  - { keys: F2, command: next }
  - { keys: F2, command: stop }
`
    const { schedule, problems } = readSchedule(text)
    expect(schedule).toBeUndefined()
    expect(problems.map(({ line, col, code }) => `${line}:${col} ${code}`)).toEqual([
      '2:1 unknownKey',
      '3:1 duplicateKey',
      '4:8 invalidStart',
      '6:27 wrongType',
      '7:24 unknownKey',
      '8:5 noEnding',
      '8:21 duplicateId',
      '11:26 unknownValue',
      '13:13 sameKeys',
    ])
  })

  it('don’t include those that only follow from a broken cue', () => {
    const text = 'version: 1\ncues:\n  - { scene: A }\n  - { scene: B, at: 7pm }\n  - { scene: C, duration: 5 }\n'
    expect(readSchedule(text).problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 invalidTime',
      '5 wrongType',
    ])
  })

  it('above a YAML error are reported with it', () => {
    const text = 'version: 1\ntitel: x\ncues:\n  - { scene: A, duration: 5m\n  - { scene: B }\n'
    const problems = readSchedule(text).problems.map(({ line, code }) => `${line} ${code}`)
    expect(problems[0]).toBe('2 unknownKey')
    expect(
      problems.slice(1).every((problem) => problem.endsWith('yamlSyntax')),
      problems.join(),
    ).toBe(true)
  })

  it('that are only warnings leave a schedule to play', () => {
    const { schedule, problems } = readSchedule('version: 1\ndays: [fri]\ncues: [{ scene: A, duration: 5m }]')
    expect(schedule?.days).toEqual(['fri'])
    expect(problems.map(({ severity }) => severity)).toEqual(['warning'])
  })

  it('of an object have a path instead of a position', () => {
    const { problems } = checkSchedule({
      version: 1,
      cues: [
        { scene: 'A', duration: '5m', id: 'a' },
        { scene: 'B', duration: 5, id: 'a' },
      ],
    })
    expect(problems).toMatchObject([{ path: ['cues', 1, 'id'] }, { path: ['cues', 1, 'duration'], code: 'wrongType' }])
    expect(problems.map(formatProblem)).toEqual([
      'cues[1].id: error: two cues have the id `a`: give this one another (the first one: cues[0].id)',
      'cues[1].duration: error: a duration needs a unit: write 5s (00:00:05) or 5m (00:05:00)',
    ])
    for (const odd of [undefined, null, 5, 'x', [], () => 1]) expect(checkSchedule(odd).schedule).toBeUndefined()
  })
})
