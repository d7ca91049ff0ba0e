import { connectObs, createOrchestrator } from '../src/index.ts'
import { scheduleOf } from './stage.ts'

/**
 * A process to be measured. It directs a show on the OBS at the given address, sends `connected`, and later the percentage of a core
 * that it takes while it waits. Without an address it only wakes up at the given interval (milliseconds), for comparison.
 */
const [url = '', seconds = '0', interval = '0'] = process.argv.slice(2)
const tell = (message: unknown) => process.send?.(message)

if (url === '') {
  setInterval(() => {}, Number(interval))
  measure()
} else {
  const orchestrator = createOrchestrator({ schedule: scheduleOf(10) })
  orchestrator.start()
  const unsubscribe = orchestrator.subscribe(({ link, program }) => {
    if (link.phase !== 'up' || program.confirmed !== program.wanted) return
    unsubscribe()
    tell('connected')
    measure()
  })
  connectObs(orchestrator, { url, password: null })
}

/** Starts after 20 s: in its first idle seconds Node cleans up its heap once, which takes about 50 ms. */
function measure(): void {
  setTimeout(() => {
    const before = process.cpuUsage()
    const began = performance.now()
    setTimeout(() => {
      const { user, system } = process.cpuUsage(before)
      tell((user + system) / 10 / (performance.now() - began))
    }, Number(seconds) * 1000)
  }, 20_000)
}
