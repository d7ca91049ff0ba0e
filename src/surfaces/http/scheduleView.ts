import type { Control } from '../../orchestrator/control.ts'
import type { ActualTimesReader } from '../../orchestrator/readers/actualTimes.ts'
import type { ForecastCue } from '../../playout/forecast.ts'
import type { CueSpec } from '../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../time/clock.ts'

/** A forecast changes with time while a show waits, so it is made again after this long. */
const freshFor: Millis = 1000

/** The schedule with planned, expected and actual times as JSON, made at most once per state and second. */
export function createScheduleView(
  control: Pick<Control, 'currentState' | 'forecast' | 'schedule' | 'now'>,
  actual: ActualTimesReader,
): () => string {
  let made: { readonly seq: number; readonly at: Instant; readonly rest: string } | null = null
  return () => {
    const { seq } = control.currentState()
    const now = control.now()
    if (made === null || made.seq !== seq || now - made.at >= freshFor)
      made = { seq, at: now, rest: JSON.stringify(viewOf(control, actual)).slice(1) }
    return `{"now":${now},${made.rest}`
  }
}

function viewOf(
  { currentState, forecast, schedule: loaded }: Pick<Control, 'currentState' | 'forecast' | 'schedule'>,
  actual: ActualTimesReader,
): object {
  const { schedule: view } = currentState()
  const { title = null, digest = null, timezone = null, loop = false, duration = null } = view ?? {}
  const schedule = loaded()
  const { cues, nextHardStart } = forecast()
  const played = schedule?.cues.filter(({ skip }) => !skip) ?? []
  return {
    ...{ title, digest, timezone, loop, duration },
    keys: (schedule?.hotkeys ?? []).map(({ keys, command }) => ({ keys: keys.label, command })),
    nextHardStart,
    cues: played.map((spec, index) => cueView(spec, cues[index] ?? untimed(spec, index), actual)),
  }
}

/** Written out, because JSON of 10 000 spreads takes eight times as long. */
function cueView(spec: CueSpec, cue: ForecastCue, actual: ActualTimesReader): object {
  const { index, id, title, scene, note, plannedAt, plannedEndsAt, expectedAt, expectedEndsAt, dueAt, overUnder } = cue
  const times = actual.of(id)
  return {
    index,
    id,
    title,
    scene,
    note,
    plannedAt,
    plannedEndsAt,
    expectedAt,
    expectedEndsAt,
    dueAt,
    overUnder,
    duration: plannedLength(spec, cue),
    hold: spec.hold,
    hard: spec.at !== null,
    actualAt: times?.at ?? null,
    actualEndsAt: times?.endsAt ?? null,
  }
}

/** A cue of a round in which nothing comes any more. */
const untimed = ({ id, title, scene, note }: CueSpec, index: number): ForecastCue => ({
  ...{ index, id, title, scene, note, plannedAt: null, plannedEndsAt: null, expectedAt: null, expectedEndsAt: null },
  ...{ dueAt: null, overUnder: null },
})

/** The cue's own length or, without one, what the plan gives it; null for an open hold. */
function plannedLength({ duration }: CueSpec, { plannedAt, plannedEndsAt }: ForecastCue): Millis | null {
  if (duration !== null) return duration
  return plannedAt !== null && plannedEndsAt !== null && plannedEndsAt > plannedAt ? plannedEndsAt - plannedAt : null
}
