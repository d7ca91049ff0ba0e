export { type ConnectOptions, connectObs } from './obs/connectObs.ts'
export type { AsRunLine } from './orchestrator/core/asRun.ts'
export type {
  AdapterEvent,
  ClockEvent,
  Command,
  LinkPhase,
  RecordingPhase,
  StreamPhase,
} from './orchestrator/core/events.ts'
export type { ChangeEvent, JournalEntry } from './orchestrator/core/input.ts'
export type { Reason } from './orchestrator/core/refusals.ts'
export type {
  ArmedFor,
  CueView,
  LinkView,
  LiveProblem,
  Mode,
  NextView,
  OverrideView,
  ProgramView,
  ScheduleView,
  Snapshot,
} from './orchestrator/core/snapshot.ts'
export {
  createOrchestrator,
  type Orchestrator,
  type OrchestratorOptions,
} from './orchestrator/orchestrator.ts'
export type { Reset } from './orchestrator/readers/eventRing.ts'
export type { Accepted, Refused, Result, TakeResult } from './orchestrator/result.ts'
export type { DueAct, Effect, Outcome, PassedCue, Picture, TakeCause } from './playout/effect.ts'
export type { Forecast, ForecastCue } from './playout/forecast.ts'
export { checkSchedule } from './schedule/check.ts'
export type { Problem, Schedule } from './schedule/model/schedule.ts'
export { readSchedule } from './schedule/read.ts'
export { formatProblem } from './schedule/schema/finding.ts'
export type { Clock, Instant, Millis, ShowInstant, WallInstant, WallOffset } from './time/clock.ts'
export { type ManualClock, manualClock } from './time/manualClock.ts'
export { systemClock } from './time/systemClock.ts'
export type { Log } from './values/log.ts'
