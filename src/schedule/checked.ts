import type { Schedule } from './model/schedule.ts'

const schedules = new WeakSet<object>()

/** Whether `readSchedule` or `checkSchedule` returned this value. */
export function isChecked(value: unknown): value is Schedule {
  return typeof value === 'object' && value !== null && schedules.has(value)
}

/** Freezes the whole schedule, and marks it as checked. */
export function seal(schedule: Schedule): Schedule {
  freeze(schedule)
  schedules.add(schedule)
  return schedule
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}
