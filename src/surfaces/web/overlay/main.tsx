import { render } from 'preact'
import { choicesOf } from '../parts/address.ts'
import { DeskContext, useDesk } from '../parts/deskContext.ts'
import { useEachFrame } from '../parts/eachFrame.ts'
import { Silence } from '../parts/Silence.tsx'
import { createDesk } from '../server/desk.ts'
import { countdownAt } from '../show/timing.ts'

const choices = choicesOf(location.search)
const shows = (part: string): boolean => !choices.hides.has(part)

/** A browser source over the picture: the countdown and the title, and nothing where there is no cue. */
function Overlay() {
  const desk = useDesk()
  const read = (now: number) => (desk.state.value === null ? null : countdownAt(desk.state.value, now))
  const text = useEachFrame((now) => read(now)?.text ?? '', '')
  const tone = useEachFrame((now) => read(now)?.tone ?? 'calm', 'calm')
  const cue = desk.state.value?.cue ?? null
  return (
    <main class="overlay" data-tone={tone}>
      <h1 dir="auto" class={cue === null || !shows('title') ? 'sr' : ''}>
        {cue?.title ?? 'Countdown'}
      </h1>
      {cue !== null && shows('countdown') && (
        <p class="countdown digits" role="timer" aria-label="Countdown">
          {text}
        </p>
      )}
      {shows('age') && <Silence short />}
    </main>
  )
}

/** A value of the address goes into a style only if the browser knows it as one. */
function style(name: string, property: string, value: string | null): void {
  if (value !== null && CSS.supports(property, value)) document.documentElement.style.setProperty(name, value)
}

const root = document.getElementById('page')
if (root === null) throw new Error('the page has no place for its contents')
style('--size', 'font-size', `${choices.number('size', 96, 8, 1000)}px`)
style('--colour', 'color', choices.text('colour') ?? choices.text('color'))
style('--font', 'font-family', choices.text('font'))
style('--weight', 'font-weight', choices.text('weight'))
style('--align', 'text-align', choices.text('align'))
document.documentElement.classList.toggle('plain', choices.hides.has('shadow'))
document.documentElement.classList.toggle('tones', !choices.hides.has('tones'))
render(
  <DeskContext.Provider value={createDesk('overlay', { sheet: false, desk: false })}>
    <Overlay />
  </DeskContext.Provider>,
  root,
)
