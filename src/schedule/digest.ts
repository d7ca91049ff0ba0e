import { createHash } from 'node:crypto'
import type { Schedule } from './schedule.ts'

/** SHA-256, hex, of all that a schedule says. */
export function digestOf(content: Omit<Schedule, 'digest'>): string {
  const canonical = JSON.stringify(content, (_key, value: unknown) => {
    if (value === Number.POSITIVE_INFINITY) return 'endless'
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? sorted(value) : value
  })
  return createHash('sha256').update(canonical).digest('hex')
}

/** The order of keys says nothing. */
function sorted(map: object): object {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)))
}
