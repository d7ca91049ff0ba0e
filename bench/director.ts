import { connectObs, createOrchestrator } from '../src/index.ts'
import { scheduleOf } from './stage.ts'

/**
 * A process of its own for those who measure one: directs a show on the OBS at the given address, says `connected`, and then how
 * much processor time it takes while it waits. Without an address it wakes up every so many milliseconds, for comparison.
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

/** Once it has come to rest: in its first idle seconds Node tidies up its heap once, for some 50 ms. */
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
