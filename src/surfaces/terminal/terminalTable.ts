import type { Command } from '../../orchestrator/core/events.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { TerminalKey } from './terminalInput.ts'

export type TerminalAction = { readonly kind: 'command'; readonly command: Command } | { readonly kind: 'quit' }

/** What a key in the terminal where `run` was started does, as the live status and the README print it. */
export type TerminalBinding = {
  readonly label: string
  readonly does: string
  /** Whether it also acts while it is held; else only once. */
  readonly repeats: boolean
  readonly matches: (key: TerminalKey) => boolean
  readonly action: (key: TerminalKey, state: Snapshot, scenes: readonly string[]) => TerminalAction | null
}

export const terminalTable: readonly TerminalBinding[] = [
  row('s', 'start', ['s'], () => ({ type: 'start' })),
  row('space', 'pause, resume', ['space'], ({ mode }) => ({ type: mode === 'paused' ? 'resume' : 'pause' })),
  row('n', 'next cue', ['n'], () => ({ type: 'next' })),
  row('p', 'previous cue', ['p'], () => ({ type: 'previous' })),
  row('h', 'hold the cue, let it go on', ['h'], (state) => ({ type: isHeld(state) ? 'unhold' : 'hold' })),
  row('+', '30 s longer', ['+', '='], () => ({ type: 'extend', by: '30s' }), true),
  row('-', '30 s shorter', ['-'], () => ({ type: 'extend', by: '-30s' }), true),
  {
    label: '1–9',
    does: 'force that scene, take it back',
    repeats: false,
    matches: (key) => isPlain(key) && /^[1-9]$/.test(key.key),
    action: ({ key }, _, scenes) => {
      const scene = scenes[Number(key) - 1]
      return scene === undefined ? null : { kind: 'command', command: { type: 'forceScene', scene, toggle: true } }
    },
  },
  row('r', 'release the forced scene', ['r'], () => ({ type: 'release' })),
  {
    label: 'q, Ctrl+C',
    does: 'stop the show and quit',
    repeats: true,
    matches: (key) => (isPlain(key) && key.key.toLowerCase() === 'q') || (key.key === 'c' && key.ctrl),
    action: () => ({ kind: 'quit' }),
  },
]

function row(
  label: string,
  does: string,
  keys: readonly string[],
  command: (state: Snapshot) => Command,
  repeats = false,
): TerminalBinding {
  return {
    label,
    does,
    repeats,
    matches: (key) => isPlain(key) && keys.includes(key.key.toLowerCase()),
    action: (_, state) => ({ kind: 'command', command: command(state) }),
  }
}

function isPlain({ ctrl, alt }: TerminalKey): boolean {
  return !ctrl && !alt
}

/** A held cue has an end of its own, but does not come to it. */
function isHeld({ cue }: Snapshot): boolean {
  return cue !== null && (cue.holding || (cue.endsAt === null && cue.plannedEndsAt !== null))
}
