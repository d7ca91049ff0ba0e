import type { OperatorCommand } from '../../commands/table.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { TerminalKey } from './terminalInput.ts'

/** One key of the terminal, as the live status and the docs show it. */
export type KeyBinding = {
  readonly label: string
  readonly does: string
  /** Whether it also acts while it is held. */
  readonly repeats: boolean
  readonly matches: (key: TerminalKey) => boolean
  /** Null: the key does nothing as things stand. */
  readonly action: (key: TerminalKey, state: Snapshot, scenes: readonly string[]) => OperatorCommand | 'quit' | null
}

/** What the keys do in the terminal where `run` was started. */
export const keyTable: readonly KeyBinding[] = [
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
    matches: (key) => isUnmodified(key) && /^[1-9]$/.test(key.key),
    action: ({ key }, _, scenes) => {
      const scene = scenes[Number(key) - 1]
      return scene === undefined ? null : { type: 'forceScene', scene, toggle: true }
    },
  },
  row('r', 'release the forced scene', ['r'], () => ({ type: 'release' })),
  {
    label: 'q, Ctrl+C',
    does: 'stop the show and quit',
    repeats: true,
    matches: (key) => (isUnmodified(key) && key.key.toLowerCase() === 'q') || (key.key === 'c' && key.ctrl),
    action: () => 'quit',
  },
]

function row(
  label: string,
  does: string,
  keys: readonly string[],
  command: (state: Snapshot) => OperatorCommand,
  repeats = false,
): KeyBinding {
  const matches = (key: TerminalKey) => isUnmodified(key) && keys.includes(key.key.toLowerCase())
  return { label, does, repeats, matches, action: (_, state) => command(state) }
}

function isUnmodified({ ctrl, alt }: TerminalKey): boolean {
  return !ctrl && !alt
}

/** Whether the current cue waits past its end, or will. */
function isHeld({ cue }: Snapshot): boolean {
  return cue !== null && (cue.holding || (cue.endsAt === null && cue.plannedEndsAt !== null))
}
