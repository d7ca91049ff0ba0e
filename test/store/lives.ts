import { copyFile, readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createOrchestrator, type Orchestrator } from '../../src/orchestrator/orchestrator.ts'
import type { Effect } from '../../src/playout/effect.ts'
import type { Schedule } from '../../src/schedule/model/schedule.ts'
import { openAsRunLog } from '../../src/store/asRunLog.ts'
import { createRecorder } from '../../src/store/recorder.ts'
import { type ManualClock, manualClock } from '../../src/time/manualClock.ts'
import { freshFolder } from './folders.ts'

/** What OBS shows, and the acts that it was asked for. It outlives the processes. */
export type Obs = { program: string; answers: boolean; readonly acts: string[] }
export const newObs = (): Obs => ({ program: 'Simulator', answers: true, acts: [] })

/** A process that plays a show on files in a folder, as `run` does. */
export type Life = {
  readonly clock: ManualClock
  readonly orchestrator: Orchestrator
  /** What it said of the files that it found. */
  readonly problems: readonly string[]
  /** Whether it goes on with the show of an earlier process. */
  readonly goesOn: boolean
  /** Whether its checkpoint is on disk, and whether that says that it lived about then. */
  readonly folder: { checkpoint(): Promise<boolean>; aliveAt(wall: number): Promise<boolean> }
  /** Resolves when everything so far would outlive it. */
  written(): Promise<void>
  /** Kills it. Returns a folder with what it has left, and nothing is written there any more. */
  kill(): Promise<string>
}

export async function live(
  folder: string,
  schedule: Schedule,
  { obs = newObs(), clock, file = '/show.yaml' }: { obs?: Obs; clock: ManualClock; file?: string },
): Promise<Life> {
  const checkpoint = join(folder, 'checkpoint.json')
  const wallOffset = () => orchestrator.wallOffset()
  const onProblem = () => {}
  let isAlive = true
  let answered = 0

  const asRun = openAsRunLog({ folder, wallOffset, onProblem, after: () => recorder.written() })
  const recorder = createRecorder({
    ...{ folder, clock, file, wallOffset, asRunWritten: asRun.written },
    checkpoint: () => orchestrator.checkpoint(),
    onProblem: { journal: onProblem, checkpoint: onProblem },
  })
  const perform = ({ at, acts }: Pick<Effect, 'at' | 'acts'>) => {
    if (acts.length === 0) return
    recorder.record({ at, acts })
    void recorder.sync().then(() => {
      if (isAlive) obs.acts.push(...acts.map(({ act }) => act.kind))
    })
  }
  const onEffect = (effect: Effect) => {
    perform(effect)
    const { wanted, takeId, at } = effect
    if (wanted === null || takeId === answered) return
    const already = obs.program === wanted.scene
    obs.program = wanted.scene
    if (!obs.answers) return
    answered = takeId
    orchestrator.send({ type: 'confirmed', takeId, sentAt: already ? null : at, already })
  }
  const left = await recorder.restore({ schedule, at: clock.now(), wallOffset: clock.wall() - clock.now() })
  const from = left.show ?? undefined
  const orchestrator = createOrchestrator({ clock, onEffect, from })
  await asRun.complete(left.lines)
  orchestrator.onAsRun(asRun.append)
  orchestrator.onJournal(recorder.record)
  if (from === undefined) orchestrator.configure(schedule)
  else {
    recorder.begin()
    perform({ at: clock.now(), acts: from.acts })
    orchestrator.send({ type: 'gap', since: from.since })
    if (orchestrator.schedule()?.digest !== schedule.digest) orchestrator.configure(schedule)
  }
  const end = async () => {
    isAlive = false
    await orchestrator.close()
    await Promise.all([recorder.close(), asRun.close()])
  }
  onTestFinished(end)

  return {
    clock,
    orchestrator,
    problems: left.problems,
    goesOn: from !== undefined,
    folder: {
      checkpoint: async () => (await readFile(checkpoint, 'utf8')).includes('"mode":"running"'),
      aliveAt: async (wall) => Math.abs((await stat(checkpoint)).mtimeMs - wall) < 1100,
    },
    async written() {
      await asRun.written()
      await recorder.written()
    },
    async kill() {
      isAlive = false
      const after = await freshFolder()
      // In this order, each file is at least as new as the one before, as on a disk.
      for (const name of ['checkpoint.json', 'as-run.jsonl', 'journal.jsonl'])
        await copy(join(folder, name), join(after, name))
      await end()
      return after
    },
  }
}

/** A clock for a process that is born this long after the other one's present. */
export const bornLater = (clock: ManualClock, by: number): ManualClock => manualClock(clock.wall() + by)

async function copy(from: string, to: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(from)
    await copyFile(from, to)
    await utimes(to, mtimeMs / 1000, mtimeMs / 1000)
  } catch {
    // Nothing was written yet.
  }
}

/** The as-run log as `cue scene cause outcome`. */
export async function logIn(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'as-run.jsonl'), 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const { cue, scene, cause, outcome } = JSON.parse(line)
    return `${cue ?? '-'} ${scene} ${cause} ${outcome}`
  })
}
