import type { OperatorCommand } from '../../commands/table.ts'
import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { TerminalKey } from './terminalInput.ts'

/** One row of the terminal's keys, as the live status and the docs show it. */
export type KeyBinding = {
  readonly label: string
  readonly does: string
  /** The keys by their names in the terminal, with `Ctrl+` if Ctrl is held. Shift makes no difference. */
  readonly keys: readonly string[]
  /** Null: the key does nothing as things stand. */
  readonly action: (state: Snapshot, key: string, scenes: readonly string[]) => OperatorCommand | 'quit' | null
  /** Whether it also acts while it is held. */
  readonly repeats: boolean
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
  row('1–9', 'force that scene, take it back', [...'123456789'], (_, key, scenes) => {
    const scene = scenes[Number(key) - 1]
    return scene === undefined ? null : { type: 'forceScene', scene, toggle: true }
  }),
  row('r', 'release the forced scene', ['r'], () => ({ type: 'release' })),
  row('q, Ctrl+C', 'stop the show and quit', ['q', 'Ctrl+c'], () => 'quit', true),
]

/** The row of a key; undefined if it isn't in the table. */
export function bindingOf({ key, ctrl, alt }: TerminalKey): KeyBinding | undefined {
  const name = `${ctrl ? 'Ctrl+' : ''}${key.toLowerCase()}`
  return alt ? undefined : keyTable.find(({ keys }) => keys.includes(name))
}

function row(
  label: string,
  does: string,
  keys: readonly string[],
  action: KeyBinding['action'],
  repeats = false,
): KeyBinding {
  return { label, does, keys, action, repeats }
}

/** Whether the current cue waits past its end, or will. */
function isHeld({ cue }: Snapshot): boolean {
  return cue !== null && (cue.holding || (cue.endsAt === null && cue.plannedEndsAt !== null))
}
