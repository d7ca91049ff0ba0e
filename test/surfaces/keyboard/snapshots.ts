import type { CueView, Snapshot } from '../../../src/orchestrator/core/snapshot.ts'

const cue: CueView = {
  index: 0,
  id: 'opening',
  title: 'Opening',
  scene: 'Opening',
  note: null,
  round: 1,
  enteredAt: 0,
  endsAt: 60_000,
  plannedEndsAt: 60_000,
  holding: false,
  endsBy: 'show',
  warning: null,
  danger: null,
}

const running: Snapshot = {
  seq: 1,
  at: 0,
  mode: 'running',
  schedule: null,
  armedFor: null,
  cue,
  next: null,
  pausedAt: null,
  overUnder: 0,
  override: null,
  program: { wanted: null, confirmed: null, confirmedAt: null, cause: null },
  link: { phase: 'down', since: 0 },
  stream: { phase: 'offline', since: 0 },
  recording: { phase: 'off', since: 0 },
  problems: [],
}

/** A running show in its first cue, with some fields replaced. */
export function snapshotWith(given: Partial<Omit<Snapshot, 'cue'>> & { cue?: Partial<CueView> | null }): Snapshot {
  return { ...running, ...given, cue: given.cue === null ? null : { ...cue, ...given.cue } }
}
