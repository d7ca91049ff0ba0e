import { appendFileSync } from 'node:fs'

/** The real things that end-to-end tests use. `npm test` says at its end which of them were used. */
export type RealThing = 'OBS' | 'RTMP' | 'keys' | 'browser'

const noted = new Set<RealThing>()

/** Call it where the real thing is started or touched, so that the report is true. */
export function noteThatItRan(thing: RealThing): void {
  const file = process.env['END_TO_END_SUMMARY']
  if (file === undefined || noted.has(thing)) return
  noted.add(thing)
  appendFileSync(file, `${thing}\n`)
}
