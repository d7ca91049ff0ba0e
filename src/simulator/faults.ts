import type { Millis } from '../time/clock.ts'
import { type Answer, refused } from './answer.ts'

/** What can be made to go wrong, so that a client can be seen to bear it. */
export type Faults = {
  /** Connections are accepted, and then nothing is said or heard. */
  silence(on?: boolean): void
  /** While not ready, as when a collection loads, every request gets status 207. */
  notReady(on?: boolean): void
  /** Requests of this type are neither carried out nor answered. */
  hang(requestType: string, on?: boolean): void
  /** Requests of this type get this status and are not carried out; null: as usual again. */
  refuse(requestType: string, status: { code: number; comment?: string } | null): void
  /** Requests of this type are carried out and answered this much later; 0: as usual again. */
  delay(requestType: string, by: Millis): void
}

export type FaultState = {
  readonly isSilent: () => boolean
  readonly isNotReady: () => boolean
  readonly hangs: (requestType: string) => boolean
  readonly refusal: (requestType: string) => Answer | undefined
  readonly delayOf: (requestType: string) => Millis
}

export function createFaults(): { readonly switches: Faults; readonly state: FaultState } {
  let silent = false
  let loading = false
  const hanging = new Set<string>()
  const refusals = new Map<string, Answer>()
  const delays = new Map<string, Millis>()
  return {
    switches: {
      silence: (on = true) => {
        silent = on
      },
      notReady: (on = true) => {
        loading = on
      },
      hang: (requestType, on = true) => {
        if (on) hanging.add(requestType)
        else hanging.delete(requestType)
      },
      refuse: (requestType, status) => {
        if (status) refusals.set(requestType, refused(status.code, status.comment))
        else refusals.delete(requestType)
      },
      delay: (requestType, by) => {
        delays.set(requestType, by)
      },
    },
    state: {
      isSilent: () => silent,
      isNotReady: () => loading,
      hangs: (requestType) => hanging.has(requestType),
      refusal: (requestType) => refusals.get(requestType),
      delayOf: (requestType) => delays.get(requestType) ?? 0,
    },
  }
}
