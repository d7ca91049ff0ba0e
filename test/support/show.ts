import type { AsRunLine } from '../../src/orchestrator/core/asRun.ts'
import type { AdapterEvent } from '../../src/orchestrator/core/events.ts'
import type { JournalEntry } from '../../src/orchestrator/core/input.ts'
import type { Snapshot } from '../../src/orchestrator/core/snapshot.ts'
import { createOrchestrator, type Orchestrator } from '../../src/orchestrator/orchestrator.ts'
import type { Result } from '../../src/orchestrator/result.ts'
import type { Effect } from '../../src/playout/effect.ts'
import type { Act, Schedule, State } from '../../src/schedule/model/schedule.ts'
import { readSchedule } from '../../src/schedule/read.ts'
import type { Instant, Millis } from '../../src/time/clock.ts'
import { parseDuration } from '../../src/time/duration.ts'
import { type ManualClock, manualClock } from '../../src/time/manualClock.ts'

/** Noon on a Monday, in UTC. */
export const noon: Instant = Date.parse('2026-03-02T12:00:00Z')

export type Show = {
  readonly clock: ManualClock
  readonly orchestrator: Orchestrator
  /** The as-run log so far. */
  readonly lines: AsRunLine[]
  readonly journal: JournalEntry[]
  readonly effects: Effect[]
  /** The acts that have been due so far, in order. */
  acts(): readonly Act[]
  state(): Snapshot
  /** The id of the present cue. */
  cue(): string | null
  wanted(): string | null
  /** The states in the wanted picture. */
  states(): readonly State[]
  /** Lets this much time pass: `90s`, `1h30m`. */
  wait(duration: string): void
  /** Lets time pass until a clock in UTC next shows this time. */
  until(time: string): void
  /** What the adapter reports. */
  report(event: AdapterEvent): Result
  /** The operator switches inside OBS. */
  switchTo(scene: string): Result
  /** Lines as `cue scene cause outcome`. */
  log(): readonly string[]
}

export type Stage = {
  /** ISO date-time, in UTC if it has no zone. Default: noon on a Monday. */
  readonly at?: string
  /** `prompt` confirms each take at once; `silent` leaves it to the test. */
  readonly obs?: 'prompt' | 'silent'
}

/** A schedule from its YAML without `version`, and without `timezone` if UTC is meant. */
export function schedule(text: string): Schedule {
  const zone = /^timezone:/m.test(text) ? '' : 'timezone: UTC\n'
  const { schedule: read, problems } = readSchedule(`version: 1\n${zone}${text}`, { file: 'show.yaml' })
  if (read === undefined) throw new Error(problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n'))
  return read
}

/** A show that is loaded, on an OBS that does what it is told, with a clock that the test moves. */
export function load(text: string, { at, obs = 'prompt' }: Stage = {}): Show {
  const clock = manualClock(at === undefined ? noon : instant(at))
  const lines: AsRunLine[] = []
  const journal: JournalEntry[] = []
  const effects: Effect[] = []
  let program = ''
  let confirmed = 0

  const onEffect = (effect: Effect): void => {
    effects.push(effect)
    const { wanted, takeId } = effect
    if (wanted === null || takeId === confirmed || obs === 'silent') return
    confirmed = takeId
    const already = program === wanted.scene
    program = wanted.scene
    orchestrator.send({ type: 'confirmed', takeId, sentAt: already ? null : effect.at, already })
  }
  const orchestrator = createOrchestrator({ clock, onEffect })
  orchestrator.onAsRun((line) => lines.push(line))
  orchestrator.onJournal((entry) => journal.push(entry))
  orchestrator.configure(schedule(text))

  const state = () => orchestrator.currentState()
  return {
    clock,
    orchestrator,
    lines,
    journal,
    effects,
    acts: () => effects.flatMap((effect) => effect.acts.map(({ act }) => act)),
    state,
    cue: () => state().cue?.id ?? null,
    wanted: () => state().program.wanted,
    states: () => effects.at(-1)?.wanted?.states ?? [],
    wait: (duration) => clock.advance(millis(duration)),
    until: (time) => {
      const today = new Date(clock.now()).toISOString().slice(0, 10)
      const wait = instant(`${today}T${time}`) - clock.now()
      clock.advance(wait >= 0 ? wait : wait + 86_400_000)
    },
    report: (event) => orchestrator.send(event),
    switchTo: (scene) => {
      program = scene
      return orchestrator.send({ type: 'seen', scene, by: 'operator' })
    },
    log: () => lines.map(({ cue, scene, cause, outcome }) => `${cue ?? '-'} ${scene} ${cause} ${outcome}`),
  }
}

/** The same, started. */
export function play(text: string, stage: Stage = {}): Show {
  const show = load(text, stage)
  show.orchestrator.start()
  return show
}

/** As `12:34:56`, with milliseconds if there are any. */
export function time(at: number | null | undefined): string | null {
  if (at === null || at === undefined) return null
  const text = new Date(at).toISOString().slice(11, 23)
  return text.endsWith('.000') ? text.slice(0, 8) : text
}

export const instant = (text: string): Instant => Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)

export function millis(duration: string): Millis {
  const length = parseDuration(duration)
  if (length === null) throw new Error(`${duration} is not a duration`)
  return length
}

/** The reason of a refusal; null for an accepted command. */
export const refusal = (result: Result): string | null => (result.accepted ? null : result.reason)
