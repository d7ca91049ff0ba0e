import { commandSchema } from '../schedule/commandSchema.ts'
import { parseTransition } from '../schedule/transition.ts'
import { parseDuration, parseSignedDuration } from '../time/duration.ts'
import type { Command } from './events.ts'
import type { ParsedCommand } from './input.ts'

export type Parsed = { readonly command: ParsedCommand } | { readonly message: string }

/** Checks a command's arguments and reads its durations. */
export function parseCommand(command: Command): Parsed {
  const checked = isBare(command) ? null : commandSchema.safeParse(command)
  if (checked?.success === false) {
    const reasons = checked.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    )
    return { message: `The command ${String(command.type)} can't be read: ${reasons.join('; ')}.` }
  }
  switch (command.type) {
    case 'goTo':
      return {
        command: { ...command, offset: command.offset === undefined ? 0 : (parseDuration(command.offset) ?? 0) },
      }
    case 'extend':
      return { command: { type: 'extend', by: parseSignedDuration(command.by) ?? 0 } }
    case 'forceScene':
      return { command: forceOf(command) }
    default:
      return { command }
  }
}

const bare = new Set([
  'stop',
  'pause',
  'resume',
  'reset',
  'next',
  'skipCurrentScene',
  'previous',
  'start',
  'hold',
  'unhold',
  'release',
])

/** A command of one word has nothing to be checked. */
function isBare(command: Command): boolean {
  if (!bare.has(command.type)) return false
  for (const key in command) if (key !== 'type') return false
  return true
}

function forceOf(command: Command & { type: 'forceScene' }): ParsedCommand {
  const { scene, until = 'release', transition, toggle = false, pause = false } = command
  const ends = until === 'release' || until === 'cueEnd' ? until : (parseDuration(until) ?? 'release')
  const asked = transition === undefined ? null : parseTransition(transition)
  return { type: 'forceScene', scene, until: ends, transition: asked, toggle, pause }
}
