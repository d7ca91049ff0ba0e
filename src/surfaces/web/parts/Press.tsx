import { signal } from '@preact/signals'
import type { ComponentChildren, TargetedEvent } from 'preact'
import { useId } from 'preact/hooks'

type Tip = { readonly text: string; readonly x: number; readonly y: number; readonly isAbove: boolean }

const tip = signal<Tip | null>(null)

export type PressProps = {
  readonly children: ComponentChildren
  readonly onPress: () => void
  /** Why the button can't be pressed now; null if it can. It stays focusable, so that everybody can learn why. */
  readonly why: string | null
  readonly class?: string
  readonly label?: string
  readonly isPressed?: boolean
  /** What it does, for those who rest on it. */
  readonly hint?: string
}

/** A button that says why it is disabled. */
export function Press({ children, onPress, why, class: name = '', label, isPressed, hint }: PressProps) {
  const id = useId()
  const text = why ?? hint
  const show = ({ currentTarget }: TargetedEvent<HTMLButtonElement>): void => {
    if (text === undefined) return
    const { left, width, top, bottom } = currentTarget.getBoundingClientRect()
    const isAbove = top > 64
    tip.value = { text, x: left + width / 2, y: isAbove ? top - 8 : bottom + 8, isAbove }
  }
  const hide = (): void => {
    tip.value = null
  }
  return (
    <>
      <button
        type="button"
        class={name}
        aria-disabled={why !== null}
        aria-describedby={why === null ? undefined : id}
        aria-label={label}
        aria-pressed={isPressed}
        onClick={() => {
          hide()
          onPress()
        }}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
      >
        {children}
      </button>
      {why !== null && (
        <span id={id} hidden>
          {why}
        </span>
      )}
    </>
  )
}

/** The tip of the button that the pointer or the focus is on. Draw it once. */
export function TipLayer() {
  const shown = tip.value
  if (shown === null) return null
  const half = 130
  const x = Math.min(Math.max(shown.x, half), Math.max(half, innerWidth - half))
  return (
    <div class={shown.isAbove ? 'tip above' : 'tip'} style={{ left: `${x}px`, top: `${shown.y}px` }} aria-hidden="true">
      {shown.text}
    </div>
  )
}
