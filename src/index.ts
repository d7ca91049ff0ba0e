export { type ConnectOptions, connectObs } from './obs/connectObs.ts'
export type { Log } from './obs/log.ts'
export type { AsRunLine } from './orchestrator/asRun.ts'
export type { ChangeEvent, Reset } from './orchestrator/eventRing.ts'
export type {
  AdapterEvent,
  ClockEvent,
  Command,
  LinkPhase,
  RecordingPhase,
  StreamPhase,
} from './orchestrator/events.ts'
export type { Reason } from './orchestrator/guards.ts'
export {
  createOrchestrator,
  type JournalEntry,
  type Orchestrator,
  type OrchestratorOptions,
} from './orchestrator/orchestrator.ts'
export type { Accepted, Refused, Result, TakeResult } from './orchestrator/result.ts'
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
} from './orchestrator/snapshot.ts'
export type { DueAct, Effect, Outcome, PassedCue, Picture, TakeCause } from './playout/effect.ts'
export type { Forecast, ForecastCue } from './playout/forecast.ts'
export { checkSchedule } from './schedule/check.ts'
export { formatProblem } from './schedule/problem.ts'
export { readSchedule } from './schedule/read.ts'
export type { Problem, Schedule } from './schedule/schedule.ts'
export type { Clock, Instant, Millis } from './time/clock.ts'
export { type ManualClock, manualClock } from './time/manualClock.ts'
export { systemClock } from './time/systemClock.ts'
