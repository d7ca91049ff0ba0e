import { startSimulator } from '../../src/simulator/simulator.ts'
import { systemClock } from '../../src/time/systemClock.ts'
import { describeObsContract } from './contract.ts'

describeObsContract('the simulator', async (wanted) => {
  const password = 'testpass'
  const scenes = Object.keys(wanted)
  const items = scenes.map((scene) => ({ scene, item: `${scene} picture` }))
  const simulator = await startSimulator({ scenes, items, password, clock: systemClock() })
  return {
    url: simulator.url,
    password,
    addMedia: async (scene, input) =>
      simulator.furnish({
        scenes: [],
        inputs: [{ name: input, mediaDuration: 2000 }],
        items: [{ scene, item: input }],
      }),
    loseStreamServer: async () => simulator.stream.lose(),
    recoverStreamServer: async () => simulator.stream.recover(),
    close: simulator.close,
  }
})
