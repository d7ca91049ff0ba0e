import type { Millis } from '../../../time/clock.ts'
import type { PageClock } from '../../../time/pageClock.ts'
import { backoff } from './backoff.ts'
import type { Events, PageName } from './wire.ts'

export type Listeners = {
  readonly [Name in keyof Events]: (event: Events[Name]) => void
} & {
  readonly opened: () => void
  /** The stream is down; the next attempt follows by itself. */
  readonly lost: () => void
}

/** A stream that is open and says nothing for so long is dead: the server says that it is alive every second. */
const longestSilence: Millis = 5000

/** Follows the server's events for as long as the page lives, whatever happens to the connection. */
export function followEvents(page: PageName, clock: PageClock, listeners: Listeners): void {
  let failures = 0

  const open = (): void => {
    const source = new EventSource(`/api/v1/events?page=${page}`)
    let isOver = false
    let heardAt = clock.elapsed()

    const again = (): void => {
      if (isOver) return
      isOver = true
      source.close()
      endWatch()
      failures += 1
      listeners.lost()
      clock.after(backoff(failures, Math.random()), open)
    }
    const endWatch = clock.every(500, () => {
      if (clock.elapsed() - heardAt > longestSilence) again()
    })
    const hear = <Name extends keyof Events>(name: Name): void =>
      source.addEventListener(name, ({ data: text }: MessageEvent<string>) => {
        if (isOver) return
        heardAt = clock.elapsed()
        failures = 0
        listeners[name](JSON.parse(text))
      })

    source.addEventListener('open', () => {
      if (!isOver) listeners.opened()
    })
    source.addEventListener('error', again)
    hear('state')
    hear('take')
    hear('clients')
    hear('alive')
  }
  open()
}
