import { roughly } from '../show/words.ts'
import { useDesk } from './deskContext.ts'
import { useEachFrame } from './eachFrame.ts'

const soon = 2000

/** How old the page's news is, once that matters. The countdown goes on from the last known clock. */
export function Silence({ short = false }: { readonly short?: boolean }) {
  const desk = useDesk()
  const text = useEachFrame(() => {
    const age = desk.silence()
    if (age < soon) return ''
    return short
      ? `${roughly(age)} old`
      : `No news from the orchestrator for ${roughly(age)}. Counting on, and connecting again.`
  }, '')
  return (
    <div class="silence" hidden={text.value === ''}>
      <span class="sr" role="status">
        {text.value === '' ? '' : 'No news from the orchestrator'}
      </span>
      <span aria-hidden="true">{text}</span>
    </div>
  )
}
