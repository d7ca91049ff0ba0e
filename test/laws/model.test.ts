import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { createOrchestrator, type Orchestrator } from '../../src/orchestrator/orchestrator.ts'
import type { Schedule } from '../../src/schedule/model/schedule.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { scheduleOf, type Written } from '../support/arbitraries.ts'
import { createModel, type ModelCommand, type ModelCue, type ModelLine, type ModelShow } from './model.ts'

/** The number of commands in all, in many short shows. */
const commandsInAll = Number(process.env['MODEL_COMMANDS'] ?? 100_000)
const commandsInOne = 50

const scene = fc.constantFrom('A', 'B', 'C')
const short = fc.integer({ min: 1, max: 9 })
const acts = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 })

const cue = fc.record({
  scene,
  duration: fc.option(short, { freq: 6 }),
  hold: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  acts,
  skip: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
})

const show = fc.record({
  cues: fc.array(cue, { minLength: 1, maxLength: 5 }).filter((cues) => cues.some(({ skip }) => !skip)),
  rounds: fc.constantFrom(1, 1, 2, 3, Number.POSITIVE_INFINITY),
  recurring: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ every: fc.integer({ min: 3, max: 20 }), scene, duration: short }), {
        maxLength: 2,
      }),
    },
  ),
})

const id = fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4')
const ifCue = fc.record({ ifCue: id }, { requiredKeys: [] })
const simple = fc.constantFrom<ModelCommand>(
  { type: 'start' },
  { type: 'pause' },
  { type: 'resume' },
  { type: 'resume' },
  { type: 'release' },
  { type: 'hold' },
  { type: 'unhold' },
  { type: 'next' },
  { type: 'previous' },
)
const command: fc.Arbitrary<ModelCommand> = fc.oneof(
  { weight: 8, arbitrary: simple },
  { weight: 1, arbitrary: fc.constantFrom<ModelCommand>({ type: 'stop' }, { type: 'reset' }) },
  { weight: 1, arbitrary: id.map((cue): ModelCommand => ({ type: 'start', cue })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('next', 'previous'), ifCue)
      .map(([type, rest]): ModelCommand => ({ type, ...rest })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ cue: id, offset: fc.constantFrom(0, 0, 1, 3, 8) })
      .map((rest): ModelCommand => ({ type: 'goTo', ...rest })),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: -9, max: 9 })
      .filter((by) => by !== 0)
      .map((by): ModelCommand => ({ type: 'extend', by })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        scene,
        until: fc.oneof(fc.constantFrom('release', 'cueEnd'), short),
        toggle: fc.boolean(),
        pause: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
      })
      .map((rest): ModelCommand => ({ type: 'forceScene', ...rest })),
  },
)
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), command), {
  minLength: 1,
  maxLength: 2 * commandsInOne,
  size: 'max',
})

it(`the orchestrator does what a simple model does, for ${commandsInAll} random commands`, { timeout: 300_000 }, () => {
  let sent = 0
  const property = fc.property(show, fc.boolean(), steps, ({ cues, rounds, recurring }, isIdeal, steps) => {
    const plays = cues.flatMap((one, i) => (one.skip ? [] : [modelCue(one, i)]))
    const model = createModel({ cues: plays, rounds, recurring })
    const stage = isIdeal ? createIdealStage : createStageWithObs
    const { orchestrator, clock, lines, acts } = stage(scheduleOf(written(cues, rounds, recurring)))
    for (const [wait, one] of steps) {
      clock.advance(wait)
      model.wait(wait)
      same(seen(orchestrator, isIdeal), shown(model, isIdeal))
      const result = orchestrator.send(asCommand(one))
      same([one, result.accepted ? null : result.reason], [one, model.send(one)])
      same(seen(orchestrator, isIdeal), shown(model, isIdeal))
    }
    if (isIdeal) same(lines, model.lines)
    else same(acts, model.acts)
    void orchestrator.close()
    sent += steps.length
  })
  fc.assert(property, { numRuns: Math.ceil((1.3 * commandsInAll) / commandsInOne) })
  expect(sent).toBeGreaterThan(commandsInAll)
})

/** Thousands of times as fast as a matcher, which is used only to show a difference. */
function same(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected)
}

type TimedAct = { readonly at: number; readonly title: string }

/** Without an adapter, each take is confirmed at once. */
function createIdealStage(schedule: Schedule) {
  const clock = manualClock(startAt)
  const orchestrator = createOrchestrator({ clock, schedule })
  const lines: ModelLine[] = []
  orchestrator.onAsRun(({ cue, scene, cause, outcome, plannedAt }) => {
    lines.push({ cue, scene, cause, outcome, plannedAt: plannedAt - startAt })
  })
  const acts: TimedAct[] = []
  return { orchestrator, clock, lines, acts }
}

/** An adapter that confirms each take before it returns and notes the acts. */
function createStageWithObs(schedule: Schedule) {
  const clock = manualClock(startAt)
  const lines: ModelLine[] = []
  const acts: TimedAct[] = []
  let taken = 0
  const orchestrator = createOrchestrator({
    clock,
    schedule,
    onEffect(effect) {
      for (const { act } of effect.acts)
        if (act.kind === 'chapter') acts.push({ at: effect.at - startAt, title: act.title })
      if (effect.wanted === null || effect.takeId === taken) return
      taken = effect.takeId
      orchestrator.send({ type: 'confirmed', takeId: taken, sentAt: clock.now(), already: false })
    },
  })
  return { orchestrator, clock, lines, acts }
}

const startAt = 1_700_000_000_000

type RandomCue = { scene: string; duration: number | null; hold: boolean; acts: readonly number[]; skip: boolean }

/** A cue without a duration holds. */
const modelCue = ({ scene, duration, hold, acts }: RandomCue, i: number): ModelCue => ({
  id: `c${i}`,
  scene,
  duration,
  hold: hold || duration === null,
  acts: acts.map((after) => ({ after, title: `${i}:${after}` })),
})

function written(cues: readonly RandomCue[], rounds: number, recurring: ModelShow['recurring']): Written {
  return {
    version: 1,
    timezone: 'UTC',
    loop: rounds === Number.POSITIVE_INFINITY ? true : rounds === 1 ? false : rounds,
    cues: cues.map(({ skip, ...one }, i) => {
      const { id, scene, duration, hold, acts } = modelCue({ ...one, skip }, i)
      return {
        id,
        scene,
        hold,
        skip,
        ...(duration === null ? {} : { duration: `${duration}ms` }),
        actions: acts.map(({ after, title }) => ({ chapter: title, ...(after === 0 ? {} : { after: `${after}ms` }) })),
      }
    }),
    recurring: recurring.map(({ every, scene, duration }) => ({
      every: `${every}ms`,
      scene,
      duration: `${duration}ms`,
    })),
  }
}

function asCommand(command: ModelCommand): Command {
  switch (command.type) {
    case 'goTo':
      return command.offset === 0
        ? { type: 'goTo', cue: command.cue }
        : { type: 'goTo', cue: command.cue, offset: `${command.offset}ms` }
    case 'extend':
      return { type: 'extend', by: `${command.by}ms` }
    case 'forceScene':
      return { ...command, until: typeof command.until === 'number' ? `${command.until}ms` : command.until }
    default:
      return command
  }
}

/** The snapshot in the words of the model. A picture that is gone before the adapter hears of it never comes on air. */
function seen(orchestrator: Orchestrator, isIdeal: boolean) {
  const { mode, cue, pausedAt, overUnder, override, program } = orchestrator.currentState()
  const now = orchestrator.now()
  const present = pausedAt ?? now
  return {
    mode,
    cue: cue?.index ?? null,
    round: cue?.round ?? null,
    position: cue === null ? null : present - cue.enteredAt,
    left: cue === null || cue.endsAt === null ? null : cue.endsAt - present,
    late: pausedAt === null ? overUnder : overUnder + now - pausedAt,
    force: override?.scene ?? null,
    onAir: isIdeal ? program.confirmed : null,
  }
}

function shown(model: ReturnType<typeof createModel>, isIdeal: boolean) {
  const state = model.state()
  return isIdeal ? state : { ...state, onAir: null }
}
