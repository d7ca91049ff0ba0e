import { createHash } from 'node:crypto'
import type { Schedule } from './schedule.ts'

/** SHA-256, hex, of all that a schedule says. What reads schedules writes their keys in one order, whatever the file's. */
export function digestOf(content: Omit<Schedule, 'digest'>): string {
  const rounds = content.rounds === Number.POSITIVE_INFINITY ? 'endless' : content.rounds
  return createHash('sha256')
    .update(JSON.stringify({ ...content, rounds }))
    .digest('hex')
}
