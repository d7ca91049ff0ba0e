import { z } from 'zod'
import type { Millis } from '../../time/clock.ts'
import { parseDuration } from '../../time/duration.ts'
import { duration, optional } from '../../values/fields.ts'

/** A policy that the file chooses by name. The first name is the default. */
const choice = <const Names extends readonly [string, ...string[]]>(names: Names, description: string) =>
  optional(z.enum(names), description).transform((written = names[0]) => written)

/** What a show does when nobody is asked. Reading fills in the defaults, and gives durations in milliseconds. */
export const policies = z.strictObject({
  manualSwitch: choice(
    ['adopt', 'reclaim'],
    'When the operator switches inside OBS: adopt it until the next cue (default), or reclaim the scene of the show',
  ),
  afterGap: choice(
    ['catchUp', 'resume'],
    'After sleep, a stall or a crash: catchUp (default), or resume where the show was',
  ),
  streamLost: choice(
    ['continue', 'pause'],
    'When the stream has been lost for streamGrace: continue (default) or pause',
  ),
  streamGrace: duration.optional().transform((written = '10s'): Millis => parseDuration(written) ?? 0),
  streamStopped: choice(
    ['continue', 'pause', 'stop'],
    'When the stream was stopped: continue (default), pause or stop',
  ),
})

export type Policies = Readonly<z.infer<typeof policies>>
