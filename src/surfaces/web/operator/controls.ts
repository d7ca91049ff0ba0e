import { type Signal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { crossesCue } from '../../../orchestrator/cueGuard.ts'
import { parseDuration } from '../../../time/duration.ts'
import { pageClock } from '../../../time/pageClock.ts'
import type { Desk } from '../server/desk.ts'
import type { SheetCue, WrittenCommand } from '../server/wire.ts'
import { goAction, whyNot } from '../show/legal.ts'
import { isHeld } from '../show/timing.ts'

/** What the page asks before it does something that can't be undone. */
export type Question = {
  readonly title: string
  readonly text: string
  readonly yes: string
  /** Nobody should give this answer by a key pressed out of habit. */
  readonly isFinal: boolean
  readonly command: WrittenCommand
}

export type Notice = { readonly text: string; readonly isBad: boolean }

/** What the operator does on this page, and what the page remembers of it. */
export type Controls = {
  /** Why a command can't be sent as things stand; null if it can. */
  whyNot(command: string): string | null
  press(command: WrittenCommand): void
  /** Starts the show, takes the next cue or resumes, as the mode says. */
  go(): void
  previous(): void
  pauseOrResume(): void
  holdOrLetGo(): void
  extend(direction: '+' | '-'): void
  force(command: WrittenCommand): void
  askToStop(): void
  askToReset(): void
  askToGoTo(cue: SheetCue): void
  readonly question: Signal<Question | null>
  readonly notice: Signal<Notice | null>
  readonly isHelpOpen: Signal<boolean>
  /** How much `+` and `-` move the end of the cue, as written. */
  readonly extendBy: Signal<string>
  readonly isFollowing: Signal<boolean>
  readonly hidesPast: Signal<boolean>
  readonly sceneSearch: Signal<string>
  /** How long a force lasts: `release`, `cueEnd` or a duration. */
  readonly forceUntil: Signal<string>
}

const noticeLasts = 5000

export function createControls(desk: Desk): Controls {
  const question = signal<Question | null>(null)
  const notice = signal<Notice | null>(null)
  const extendBy = remembered('extendBy', '30s')
  let endNotice = (): void => {}

  const say = (text: string, isBad = true): void => {
    endNotice()
    notice.value = { text, isBad }
    endNotice = pageClock.after(noticeLasts, () => {
      notice.value = null
    })
  }
  const why = (command: string): string | null =>
    whyNot(command, {
      state: desk.state.value,
      commands: desk.commands.value,
      role: desk.role.value,
      isConnected: desk.contact.value === 'open',
    })
  const press = (command: WrittenCommand): void => {
    const reason = why(command.type)
    if (reason !== null) say(reason)
    else
      void desk.send(command).then((answer) => {
        if (!answer.accepted) say(answer.message)
      })
  }
  /** A press that comes right after a cue began was meant for the cue before. */
  const pressOnCue = (command: WrittenCommand): void => {
    const state = desk.state.value
    const now = desk.now()
    const crossing = state === null || now === null ? null : crossesCue(command.type, state, now)
    const shown = state?.cue?.id
    if (crossing !== null) say(`Ignored: ${crossing}`)
    else press(shown === undefined ? command : { ...command, ifCue: shown })
  }
  const ask = (wanted: Question): void => {
    const reason = why(wanted.command.type)
    if (reason !== null) say(reason)
    else question.value = wanted
  }

  return {
    whyNot: why,
    press,
    go() {
      const { command } = goAction(desk.state.value?.mode)
      if (command === 'next') pressOnCue({ type: 'next' })
      else press({ type: command })
    },
    previous: () => pressOnCue({ type: 'previous' }),
    pauseOrResume: () => press({ type: desk.state.value?.mode === 'paused' ? 'resume' : 'pause' }),
    holdOrLetGo: () => press({ type: desk.state.value !== null && isHeld(desk.state.value) ? 'unhold' : 'hold' }),
    extend(direction) {
      const by = extendBy.value.trim()
      if (parseDuration(by) === null) say('Write how long as 30s, 2m or 1m30s')
      else press({ type: 'extend', by: direction === '+' ? by : `-${by}` })
    },
    force: press,
    askToStop: () =>
      ask({
        title: 'Stop the show?',
        text: 'The show ends here. Its scene stays on air.',
        yes: 'Stop the show',
        isFinal: true,
        command: { type: 'stop' },
      }),
    askToReset: () =>
      ask({
        title: 'Reset the show?',
        text: 'The show returns to its beginning, and a force ends.',
        yes: 'Reset',
        isFinal: true,
        command: { type: 'reset' },
      }),
    askToGoTo(cue) {
      const isOn = desk.state.value?.cue !== null
      ask({
        title: `${isOn ? 'Go to' : 'Start at'} cue ${cue.index + 1}?`,
        text: cue.title === cue.scene ? cue.title : `${cue.title} (${cue.scene})`,
        yes: isOn ? 'Go there' : 'Start there',
        isFinal: false,
        command: { type: isOn ? 'goTo' : 'start', cue: cue.id },
      })
    },
    question,
    notice,
    isHelpOpen: signal(false),
    extendBy,
    isFollowing: signal(true),
    hidesPast: signal(false),
    sceneSearch: signal(''),
    forceUntil: signal('release'),
  }
}

/** A text that this browser keeps. */
function remembered(name: string, initial: string): Signal<string> {
  const key = `stream-orchestrator.${name}`
  const text = signal(initial)
  try {
    text.value = localStorage.getItem(key) ?? initial
    text.subscribe((value) => localStorage.setItem(key, value))
  } catch {
    // A browser may forbid it; the page then forgets.
  }
  return text
}

export const ControlsContext = createContext<Controls | null>(null)

export function useControls(): Controls {
  const controls = useContext(ControlsContext)
  if (controls === null) throw new Error('a control was drawn outside the operator page')
  return controls
}
