import type { Snapshot } from '../../orchestrator/core/snapshot.ts'
import type { Hotkey, KeyChord } from '../../schedule/model/schedule.ts'
import type { Instant, Millis } from '../../time/clock.ts'

/** A key that went down, with the modifiers held at that moment. `code` is the UI Events code: the place on the keyboard. */
export type KeyPress = Omit<KeyChord, 'label'>

export type HotkeyDecision =
  | { readonly kind: 'send'; readonly hotkey: Hotkey }
  /** `reason` completes "Ctrl+Alt+N ignored: …". */
  | { readonly kind: 'ignored'; readonly hotkey: Hotkey; readonly reason: string }

/** So soon after a cue began, an operator who asks for another one means the one that has just gone. */
export const cueGuard: Millis = 500

/** What a key press asks for; null where it is no hotkey of this schedule. Modifiers have to match exactly. */
export function decide(
  hotkeys: readonly Hotkey[],
  press: KeyPress,
  state: Snapshot,
  now: Instant,
): HotkeyDecision | null {
  const hotkey = hotkeys.find(({ keys }) => isPressed(keys, press))
  if (!hotkey) return null
  if (!comesTooSoon(hotkey.command.type, state, now)) return { kind: 'send', hotkey }
  return { kind: 'ignored', hotkey, reason: `the cue began less than ${cueGuard} ms ago` }
}

/** Whether a `next` or `previous` crosses with a cue that has only just begun. */
export function comesTooSoon(command: string, state: Snapshot, now: Instant): boolean {
  if (command !== 'next' && command !== 'previous' && command !== 'skipCurrentScene') return false
  return state.cue !== null && now - state.cue.enteredAt < cueGuard
}

function isPressed(keys: KeyChord, press: KeyPress): boolean {
  return (
    keys.code === press.code &&
    keys.ctrl === press.ctrl &&
    keys.alt === press.alt &&
    keys.shift === press.shift &&
    keys.meta === press.meta
  )
}
