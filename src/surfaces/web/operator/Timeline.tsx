import { useDesk } from '../parts/deskContext.ts'
import { useEachFrame } from '../parts/eachFrame.ts'
import { timeOfDay } from '../parts/zoneTime.ts'
import { type Bar, latenessOf, plotOf } from '../show/plot.ts'
import { lateness } from '../show/words.ts'

/** The show as planned above the show as it is, and how late the last takes were. */
export function Timeline() {
  const desk = useDesk()
  const state = desk.state.value
  const current = state?.cue?.index ?? state?.next?.index ?? 0
  const plot = plotOf(desk.sheet.value?.cues ?? [], current)
  const nowAt = useEachFrame((now) => {
    if (plot === null) return -10
    return Math.round((10_000 * (now - plot.from)) / (plot.to - plot.from)) / 10
  }, -10)
  if (plot === null) return <p class="empty">The timeline appears once the times of the cues are known.</p>
  return (
    <div class="timeline">
      <div class="lanes">
        <Lane name="Planned" bars={plot.planned} current={current} />
        <Lane name="Actual" bars={plot.actual} current={current} />
        <svg class="now" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
          <line x1={nowAt} x2={nowAt} y1="0" y2="10" vector-effect="non-scaling-stroke" />
        </svg>
      </div>
      <div class="scale digits">
        <span>{timeOfDay(desk, plot.from)}</span>
        <span>{timeOfDay(desk, plot.to)}</span>
      </div>
      <Lateness />
    </div>
  )
}

function Lane({
  name,
  bars,
  current,
}: {
  readonly name: string
  readonly bars: readonly Bar[]
  readonly current: number
}) {
  return (
    <div class="lane">
      <span class="label">{name}</span>
      <svg viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label={`${name}: ${bars.length} cues`}>
        {bars.map(({ index, title, from, width }) => (
          <rect
            key={index}
            class={index === current ? 'bar current' : index < current ? 'bar past' : 'bar'}
            x={1000 * from}
            width={Math.max(1, 1000 * width - 1.5)}
            height="20"
          >
            <title>{title}</title>
          </rect>
        ))}
      </svg>
    </div>
  )
}

const mostTakes = 60

function Lateness() {
  const desk = useDesk()
  const { takes, scale } = latenessOf(desk.takes.value, mostTakes)
  if (takes.length === 0) return <p class="empty">No take has been confirmed yet.</p>
  const worst = takes.reduce((most, ms) => (Math.abs(ms) > Math.abs(most) ? ms : most), 0)
  return (
    <div class="lateness">
      <span class="label">Lateness of {takes.length === 1 ? 'the last take' : `the last ${takes.length} takes`}</span>
      <svg
        viewBox={`0 0 ${mostTakes * 10} 60`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`at most ${lateness(worst)}`}
      >
        <line class="zero" x1="0" x2={mostTakes * 10} y1="30" y2="30" vector-effect="non-scaling-stroke" />
        {takes.map((ms, place) => {
          const length = Math.max(1.5, Math.min(28, (28 * Math.abs(ms)) / scale))
          return (
            <rect
              key={place}
              class={Math.abs(ms) > 100 ? 'bar off' : 'bar'}
              x={place * 10 + 2}
              width="6"
              y={ms >= 0 ? 30 - length : 30}
              height={length}
            />
          )
        })}
      </svg>
      <span class="digits">at most {lateness(worst)}</span>
    </div>
  )
}
