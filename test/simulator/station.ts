import { afterEach } from 'vitest'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts'
import { type ManualClock, manualClock } from '../../src/time/manualClock.ts'
import { type Client, connect } from '../contract/client.ts'

export type Station = {
  readonly simulator: Simulator
  readonly clock: ManualClock
  client(mask?: number): Promise<Client>
}

/** Makes simulators whose time is stepped by hand, and clients. All of them are closed after each test. */
export function stations(): (options?: Partial<SimulatorOptions>) => Promise<Station> {
  const endings: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of endings.splice(0).toReversed()) await end()
  })
  return async (options = {}) => {
    const clock = manualClock(1_000_000)
    const simulator = await startSimulator({
      scenes: ['Red', 'Green', 'Blue'],
      password: 'testpass',
      clock,
      ...options,
    })
    endings.push(simulator.close)
    const door = { url: simulator.url, password: simulator.password ?? '' }
    return { simulator, clock, client: (mask) => connect(door, mask) }
  }
}

export const typesOf = (client: Client): string[] => client.events.map(({ eventType }) => eventType)
