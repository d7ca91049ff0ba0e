import { expect, it, onTestFinished } from 'vitest'
import { createObsAdapter } from '../../src/obs/adapter.ts'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { until } from '../support/until.ts'

it("OBS's own figures can be asked for while it answers, and nobody waits for them longer than a second", async () => {
  const clock = systemClock()
  const simulator = await startSimulator({ clock, scenes: ['A'] })
  onTestFinished(simulator.close)
  let isUp = false
  const adapter = createObsAdapter({
    ...{ url: simulator.url, password: null, clock },
    send: (report) => {
      if (report.type === 'link' && report.phase === 'up') isUp = true
    },
  })
  onTestFinished(adapter.close)
  await expect(adapter.figures()).rejects.toThrow('there is no connection to OBS')
  await until('the connection', () => isUp)
  expect(await until('its figures', adapter.figures)).toMatchObject({
    activeFps: 30,
    renderTotalFrames: expect.any(Number),
  })
  simulator.hang('GetStats')
  await expect(adapter.figures()).rejects.toThrow('OBS has not said its figures within 1000 ms')
})
