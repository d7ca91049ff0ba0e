import { z } from 'zod'
import type { Millis } from '../time/clock.ts'
import { parseDuration } from '../time/duration.ts'
import { duration, name, says, shown, soundName } from './fields.ts'

export type Transition = { readonly name: string; readonly duration: Millis | null }

const inOneLine = soundName('a transition', 'invalidTransition', problemOf)

const inFull = z.strictObject({ name: name('a transition'), duration: duration.optional() })

/** A transition as written in the file: `Fade 300ms`, `Cut` or `{ name: My Fade 300ms, duration: 1s }`. */
export const transition = z
  .union(
    [inOneLine, inFull],
    says((input) => `a transition is a name with a duration, such as Fade 300ms, not ${shown(input)}`),
  )
  .meta({ id: 'transition', description: 'A transition of this OBS: `Cut`, `Fade 300ms`, or { name, duration }' })

export type WrittenTransition = z.infer<typeof transition>

/** Reads a transition that the schema has accepted. */
export function parseTransition(written: WrittenTransition): Transition {
  if (typeof written !== 'string') {
    return { name: written.name, duration: written.duration === undefined ? null : parseDuration(written.duration) }
  }
  const { name, last } = split(written)
  const length = last === null ? null : parseDuration(last)
  return length === null ? { name: written, duration: null } : { name, duration: length }
}

function problemOf(written: string): string | null {
  if (parseDuration(written) !== null) return `\`${written}\` is a duration only: write the transition's name before it`
  const { last } = split(written)
  if (last === null || !/^\d+(\.\d+)?(ms|s|m|h)$/.test(last) || parseDuration(last) !== null) return null
  return `\`${last}\` isn't a duration: write whole numbers over 0, such as 300ms, or { name: ${written} } for a name`
}

function split(written: string): { name: string; last: string | null } {
  const space = written.lastIndexOf(' ')
  if (space <= 0) return { name: written, last: null }
  return { name: written.slice(0, space).trim(), last: written.slice(space + 1) }
}
