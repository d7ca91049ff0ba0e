import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useDesk } from '../parts/deskContext.ts'
import { KeyHint } from '../parts/KeyHint.tsx'
import { timeOfDay } from '../parts/zoneTime.ts'
import type { SheetCue } from '../server/wire.ts'
import { lateBy, type Place, placeOf, slackBefore } from '../show/rows.ts'
import { scrollTopFor, scrollTopToShow, visibleRows } from '../show/visibleRows.ts'
import { passed, signed } from '../show/words.ts'
import { useControls } from './controls.ts'

/**
 * The cue sheet. Only the rows in view are drawn, so its length doesn't matter. A table can't do that, so this is a grid: it has the
 * focus, and names the chosen row.
 */
export function CueList() {
  const desk = useDesk()
  const controls = useControls()
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = useSignal(44)
  const height = useSignal(600)
  const scrollTop = useSignal(0)
  const selected = useSignal<number | null>(null)
  /** Where we scrolled to ourselves: any other place is the operator's wish. */
  const ownScroll = useRef(0)

  const state = desk.state.value
  const current = state?.cue?.index ?? null
  const next = state?.next?.index ?? null
  const all = desk.sheet.value?.cues ?? []
  const hidden = controls.hidesPast.value && current !== null ? Math.min(current, all.length) : 0
  const cues = hidden === 0 ? all : all.slice(hidden)
  const { first, last } = visibleRows(cues.length, rowHeight.value, scrollTop.value, height.value)
  const target = (current ?? next ?? 0) - hidden

  const scrollTo = (top: number): void => {
    const element = scroller.current
    if (element === null) return
    element.scrollTop = top
    ownScroll.current = element.scrollTop
    scrollTop.value = element.scrollTop
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = (): void => {
      height.value = element.clientHeight
      rowHeight.value = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 44
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])

  const follows = controls.isFollowing.value
  useLayoutEffect(() => {
    if (follows) scrollTo(scrollTopFor(Math.max(0, target), cues.length, rowHeight.value, height.value))
  }, [follows, target, cues.length, rowHeight.value, height.value])

  const onKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height.value / rowHeight.value) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -cues.length,
      End: cues.length,
    }
    const step = steps[event.key]
    if (event.key === 'Enter' && selected.value !== null) {
      const cue = cues[selected.value - hidden]
      if (cue !== undefined) controls.askToGoTo(cue)
    } else if (step !== undefined && cues.length > 0) {
      const from = (selected.value ?? target + hidden) - hidden
      const row = Math.max(
        0,
        Math.min(cues.length - 1, selected.value === null && Math.abs(step) === 1 ? from : from + step),
      )
      selected.value = row + hidden
      controls.isFollowing.value = false
      scrollTo(scrollTopToShow(row, rowHeight.value, scroller.current?.scrollTop ?? 0, height.value))
    } else return
    event.preventDefault()
  }

  return (
    <section class="cueList" aria-label="Cues">
      <div class="head">
        <h2>Cues</h2>
        <button
          type="button"
          class="toggle"
          aria-pressed={controls.hidesPast.value}
          onClick={() => {
            controls.hidesPast.value = !controls.hidesPast.value
          }}
        >
          Hide past
        </button>
        <button
          type="button"
          class="follow"
          hidden={follows || cues.length === 0}
          onClick={() => {
            controls.isFollowing.value = true
          }}
        >
          Follow <KeyHint>F</KeyHint>
        </button>
      </div>
      <div class="sheet">
        <div class="columns" aria-hidden="true">
          <span>#</span>
          <span>Cue</span>
          <span class="end">Planned</span>
          <span class="end">Start</span>
          <span class="end">Length</span>
          <span class="end">+ / −</span>
        </div>
        <div
          ref={scroller}
          class="rows"
          role="grid"
          aria-label="Cue sheet"
          aria-rowcount={all.length}
          aria-colcount={6}
          aria-activedescendant={selected.value === null ? undefined : `cue-${selected.value}`}
          tabIndex={0}
          onKeyDown={onKey}
          onScroll={({ currentTarget }) => {
            scrollTop.value = currentTarget.scrollTop
            if (Math.abs(currentTarget.scrollTop - ownScroll.current) > 2) controls.isFollowing.value = false
          }}
        >
          <div class="spacer" role="presentation" style={{ height: `${cues.length * rowHeight.value}px` }}>
            <div role="rowgroup" class="window" style={{ transform: `translateY(${first * rowHeight.value}px)` }}>
              {cues.slice(first, last).map((cue) => (
                <Row
                  key={cue.id}
                  cue={cue}
                  before={all[cue.index - 1]}
                  place={placeOf(cue.index, current, next)}
                  isSelected={selected.value === cue.index}
                  onSelect={() => {
                    selected.value = cue.index
                  }}
                />
              ))}
            </div>
          </div>
        </div>
        {cues.length === 0 && (
          <p class="empty">{desk.sheet.value === null ? 'Waiting for the cue sheet.' : 'No cues.'}</p>
        )}
      </div>
    </section>
  )
}

type RowProps = {
  readonly cue: SheetCue
  readonly before: SheetCue | undefined
  readonly place: Place
  readonly isSelected: boolean
  readonly onSelect: () => void
}

function Row({ cue, before, place, isSelected, onSelect }: RowProps) {
  const desk = useDesk()
  const { askToGoTo } = useControls()
  const { index, title, scene, note, plannedAt, expectedAt, actualAt, duration, hold, hard } = cue
  const late = lateBy(cue)
  const slack = slackBefore(before, cue)
  const begins = actualAt ?? expectedAt
  const time = (at: number | null): string => (at === null ? '–' : timeOfDay(desk, at))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
    <div
      id={`cue-${index}`}
      class="row"
      role="row"
      data-place={place}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      aria-current={place === 'current' ? 'true' : undefined}
      onClick={() => {
        onSelect()
        askToGoTo(cue)
      }}
    >
      <span role="gridcell" class="number digits">
        {index + 1}
      </span>
      <span role="gridcell" class="what">
        <span class="title" dir="auto">
          {title}
        </span>
        <span class="more" dir="auto">
          {title !== scene && <span class="scene">{scene}</span>}
          {note !== null && <span class="note">{note}</span>}
        </span>
      </span>
      <span role="gridcell" class="planned end digits">
        {actualAt === null ? time(plannedAt) : plannedAt === null ? '' : <s>{time(plannedAt)}</s>}
      </span>
      <span role="gridcell" class="starts end digits">
        {slack !== null && (
          <span class={slack > 0 ? 'slack gap' : 'slack overlap'}>
            {slack > 0 ? 'gap' : 'overlap'} {passed(Math.abs(slack))}
          </span>
        )}
        <span class={hard ? 'hard' : ''}>
          {hard && <abbr title="Hard start">◆</abbr>} {time(begins)}
        </span>
      </span>
      <span role="gridcell" class="length end digits">
        {duration === null ? '' : passed(duration)}
        {hold && <abbr title="Waits for Next"> ∞</abbr>}
      </span>
      <span
        role="gridcell"
        class="late end digits"
        data-tone={late === null || Math.abs(late) < 1000 ? 'onTime' : late > 0 ? 'over' : 'under'}
      >
        {late === null ? '' : signed(late) || '0:00'}
      </span>
    </div>
  )
}
