import { render } from 'preact'
import { choicesOf } from '../parts/address.ts'
import { DeskContext, useDesk } from '../parts/deskContext.ts'
import { useEachFrame } from '../parts/eachFrame.ts'
import { KeyHint } from '../parts/KeyHint.tsx'
import { Silence } from '../parts/Silence.tsx'
import { TokenNeeded } from '../parts/TokenNeeded.tsx'
import { applyTheme } from '../parts/theme.ts'
import { keepAwake } from '../parts/wakeLock.ts'
import { timeOfDay } from '../parts/zoneTime.ts'
import { createDesk } from '../server/desk.ts'
import { countdownAt, nextComes, overUnderAt, punctuality } from '../show/timing.ts'

const choices = choicesOf(location.search)
const shows = (part: string): boolean => !choices.hides.has(part)

/** For the people on stage: how long they have, what they do, and what comes next. */
function Presenter() {
  const desk = useDesk()
  const state = desk.state.value
  const read = (now: number) => (desk.state.value === null ? null : countdownAt(desk.state.value, now))
  const tone = useEachFrame((now) => read(now)?.tone ?? 'calm', 'calm')
  const cue = state?.cue ?? null
  return (
    <main class="presenter" data-tone={tone} data-paused={state?.mode === 'paused'}>
      <header>
        {shows('clock') && <Clock />}
        {shows('overunder') && <OverUnder />}
      </header>
      <div class="middle">
        {shows('title') && <h1 dir="auto">{cue?.title ?? state?.schedule?.title ?? 'Stream Orchestrator'}</h1>}
        {shows('countdown') && <Countdown />}
        {shows('note') && cue !== null && cue.note !== null && (
          <p class="note" dir="auto">
            {cue.note}
          </p>
        )}
      </div>
      {shows('next') && <Next />}
      <Silence />
      <TokenNeeded />
      <FullScreen />
    </main>
  )
}

function Clock() {
  const desk = useDesk()
  const text = useEachFrame((now) => timeOfDay(desk, now), '––:––:––')
  return <span class="clock digits">{text}</span>
}

function Countdown() {
  const desk = useDesk()
  const text = useEachFrame((now) => {
    const { state } = desk
    return state.value === null ? '–:––' : (countdownAt(state.value, now)?.text ?? '–:––')
  }, '–:––')
  const label = useEachFrame((now) => {
    const state = desk.state.value
    if (state === null) return 'connecting'
    return countdownAt(state, now)?.label ?? ''
  }, '')
  return (
    <p class="countdown">
      <span class="digits" role="timer" aria-label="Countdown">
        {text}
      </span>
      <span class="label">{label}</span>
    </p>
  )
}

function OverUnder() {
  const desk = useDesk()
  const read = (now: number) => (desk.state.value === null ? null : overUnderAt(desk.state.value, now))
  const text = useEachFrame((now) => {
    const late = read(now)
    return late === null ? '' : punctuality(late).text
  }, '')
  const tone = useEachFrame((now) => punctuality(read(now) ?? 0).tone, 'onTime')
  return (
    <span class="overUnder digits" data-tone={tone}>
      {text}
    </span>
  )
}

function Next() {
  const desk = useDesk()
  const next = desk.state.value?.next ?? null
  const when = useEachFrame(
    (now) => (desk.state.value === null ? '' : nextComes(desk.state.value, now, (at) => timeOfDay(desk, at))),
    '',
  )
  if (next === null) return null
  return (
    <footer>
      <span class="label">Next</span>
      <span class="title" dir="auto">
        {next.title}
      </span>
      <span class="when digits">{when}</span>
    </footer>
  )
}

function FullScreen() {
  const toggle = (): void => {
    if (document.fullscreenElement === null) void document.documentElement.requestFullscreen().catch(() => {})
    else void document.exitFullscreen()
  }
  return (
    <button type="button" class="fullScreen" onClick={toggle}>
      Full screen <KeyHint>F</KeyHint>
    </button>
  )
}

const root = document.getElementById('page')
if (root === null) throw new Error('the page has no place for its contents')
applyTheme()
keepAwake()
document.documentElement.style.setProperty('--size', String(choices.number('size', 100, 20, 300) / 100))
document.documentElement.classList.toggle('mirror', choices.flag('mirror'))
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, target }) => {
  if (key.toLowerCase() !== 'f' || ctrlKey || metaKey || target instanceof HTMLInputElement) return
  document.querySelector<HTMLButtonElement>('.fullScreen')?.click()
})
render(
  <DeskContext.Provider value={createDesk('presenter', { sheet: false, desk: false })}>
    <Presenter />
  </DeskContext.Provider>,
  root,
)
