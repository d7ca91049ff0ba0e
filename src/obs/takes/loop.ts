import type { Clock } from '../../time/clock.ts'
import type { Answer, Happening, ObsEvent, ObsReport, Request } from '../mirror/events.ts'
import { type Kept, newlyKept } from '../mirror/kept.ts'
import { type Mirror, nothingKnown } from '../mirror/mirror.ts'
import { plan } from './plan.ts'
import { follow } from './verify.ts'

export type LoopPort = {
  readonly clock: Clock
  /** Default: nothing is known of OBS. */
  readonly from?: Mirror
  /** Asks OBS; never rejects. */
  carryOut(request: Request): Promise<Answer>
  /** Never throws. It may call `hear` before it returns; the loop takes that up afterwards. */
  tell(report: ObsReport, mirror: Mirror): void
  /** Called whenever there is something else to undo some day. */
  keep?(kept: Kept): void
}

export type Loop = {
  hear(happening: Happening): void
  mirror(): Mirror
  /** Resolves once the present take is past its scene: OBS has accepted it, shows it already, or can't. */
  pastScene(): Promise<void>
  /** Resolves once there is nothing to do. */
  idle(): Promise<void>
}

/** Holds the mirror and carries out the plan: one request at a time, or one timer. */
export function createLoop({ clock, from = nothingKnown, carryOut, tell, keep }: LoopPort): Loop {
  let mirror = from
  let isAsking = false
  let disarm = () => {}
  const inbox: ObsEvent[] = []
  const waiting = new Set<() => void>()

  const nextStep = () => plan(mirror.take.wanted, mirror.take.next, mirror, null)

  const hear = (happening: Happening) => {
    inbox.push({ ...happening, at: clock.now() })
    if (inbox.length > 1) return
    for (let event = inbox[0]; event !== undefined; event = inbox[0]) {
      const followed = follow(mirror, event)
      const kept = newlyKept(mirror, followed.mirror)
      mirror = followed.mirror
      if (kept !== null) keep?.(kept)
      for (const report of followed.reports) tell(report, mirror)
      inbox.shift()
    }
    goOn()
  }

  const goOn = () => {
    if (!isAsking) {
      disarm()
      const step = nextStep()
      if (step.kind === 'ask') void ask(step.request)
      if (step.kind === 'wait') disarm = clock.setTimer(step.until, () => hear({ type: 'time' }))
    }
    for (const look of waiting) look()
  }

  const ask = async (request: Request) => {
    isAsking = true
    hear({ type: 'sent', request })
    const answer = await carryOut(request)
    isAsking = false
    hear(answer)
  }

  const once = (isTrue: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!isTrue()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })

  return {
    hear,
    mirror: () => mirror,
    pastScene: () => once(() => isPastScene(mirror)),
    idle: () => once(() => !isAsking && nextStep().kind === 'done'),
  }
}

function isPastScene({ take, asked }: Mirror): boolean {
  return take.isSettled || (asked !== null && asked.lookAt !== null && asked.scene === take.wanted?.scene)
}
