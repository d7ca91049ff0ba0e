import type { Controls } from './controls.ts'

/** What a key of the operator page does. */
export type PageKey = {
  readonly label: string
  readonly does: string
  /** As the browser names them. */
  readonly keys: readonly string[]
  readonly act: (controls: Controls) => void
  /** Whether it also acts while it is held. */
  readonly repeats?: boolean
}

export const pageKeys: readonly PageKey[] = [
  { label: 'Space', does: 'Start, next cue or resume', keys: [' '], act: ({ go }) => go() },
  { label: 'P', does: 'Pause, resume', keys: ['p'], act: ({ pauseOrResume }) => pauseOrResume() },
  { label: 'H', does: 'Hold the cue, let it go on', keys: ['h'], act: ({ holdOrLetGo }) => holdOrLetGo() },
  { label: 'B ←', does: 'Previous cue', keys: ['b', 'ArrowLeft'], act: ({ previous }) => previous() },
  { label: '+', does: 'Make the cue longer', keys: ['+', '='], act: ({ extend }) => extend('+'), repeats: true },
  { label: '−', does: 'Make the cue shorter', keys: ['-'], act: ({ extend }) => extend('-'), repeats: true },
  { label: 'R', does: 'Release the forced scene', keys: ['r'], act: ({ press }) => press({ type: 'release' }) },
  {
    label: '/',
    does: 'Search a scene to force',
    keys: ['/'],
    act: () => document.getElementById(sceneSearchId)?.focus(),
  },
  {
    label: 'F',
    does: 'Follow the current cue',
    keys: ['f'],
    act: ({ isFollowing }) => {
      isFollowing.value = true
    },
  },
  {
    label: '?',
    does: 'Show these keys',
    keys: ['?'],
    act: ({ isHelpOpen }) => {
      isHelpOpen.value = true
    },
  },
]

export const sceneSearchId = 'scene-search'

/**
 * Makes the keys work anywhere on the page. Text fields and dialogs keep theirs. Space presses a button only if the operator went to
 * that button by key; after a click, Space is Go.
 */
export function listenToKeys(controls: Controls): () => void {
  let wentByKey = false
  const onPointer = (): void => {
    wentByKey = false
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') wentByKey = true
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const { target } = event
    if (!(target instanceof Element) || document.querySelector('dialog[open]') !== null) return
    if (event.key === 'Escape' && target instanceof HTMLElement) target.blur()
    if (target.closest('input, select, textarea') !== null) return
    if (event.key === ' ' && wentByKey && target.closest('button, a, summary, [role=tab]') !== null) return
    if (event.key === 'ArrowLeft' && target.closest('[role=tab]') !== null) return
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const bound = pageKeys.find(({ keys }) => keys.includes(name))
    if (bound === undefined) return
    event.preventDefault()
    if (event.key === ' ' && target instanceof HTMLButtonElement) target.blur()
    if (!event.repeat || bound.repeats === true) bound.act(controls)
  }
  document.addEventListener('keydown', onKey)
  document.addEventListener('pointerdown', onPointer)
  return () => {
    document.removeEventListener('keydown', onKey)
    document.removeEventListener('pointerdown', onPointer)
  }
}
