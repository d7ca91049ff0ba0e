import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { AsRunLine } from '../../../orchestrator/core/asRun.ts'
import { useDesk } from '../parts/deskContext.ts'
import { useEachFrame } from '../parts/eachFrame.ts'
import { timeOfDay } from '../parts/zoneTime.ts'
import { causes, framesLate, lateness, outcomes, roughly } from '../show/words.ts'
import { Timeline } from './Timeline.tsx'

const tabs = ['Takes', 'Timeline', 'Problems', 'Connected'] as const
type Tab = (typeof tabs)[number]

/** What an operator looks at now and then. */
export function Panels() {
  const desk = useDesk()
  const open = useSignal<Tab>('Takes')
  const problems = desk.state.value?.problems ?? []
  const counts: Partial<Record<Tab, number>> = { Problems: problems.length, Connected: desk.clients.value.length }
  const worst = problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const tab = tabs[(tabs.indexOf(open.value) + step + tabs.length) % tabs.length] ?? 'Takes'
    open.value = tab
    document.getElementById(`tab-${tab}`)?.focus()
  }
  return (
    <section class="panels" aria-label="More">
      <div class="tabs" role="tablist" aria-label="More" onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={open.value === tab}
            aria-controls="panel"
            tabIndex={open.value === tab ? 0 : -1}
            onClick={() => {
              open.value = tab
            }}
          >
            {tab}
            {(counts[tab] ?? 0) > 0 && (
              <span class="count" data-worst={tab === 'Problems' ? worst : 'none'}>
                {counts[tab]}
              </span>
            )}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div id="panel" class="panel" role="tabpanel" aria-labelledby={`tab-${open.value}`} tabIndex={0}>
        {open.value === 'Takes' && <Takes />}
        {open.value === 'Timeline' && <Timeline />}
        {open.value === 'Problems' && <Problems />}
        {open.value === 'Connected' && <Connected />}
      </div>
    </section>
  )
}

const Empty = ({ children }: { readonly children: ComponentChildren }) => <p class="empty">{children}</p>

function Takes() {
  const desk = useDesk()
  const takes = desk.takes.value.slice(-30).reverse()
  return (
    <>
      {takes.length === 0 ? (
        <Empty>No takes yet.</Empty>
      ) : (
        <ol class="takes">
          {takes.map((line, place) => (
            <Take key={`${line.plannedAt} ${line.scene} ${takes.length - place}`} line={line} />
          ))}
        </ol>
      )}
      <a class="download" href="/api/v1/as-run?format=csv" download="as-run.csv">
        As-run log (CSV)
      </a>
    </>
  )
}

function Take({ line }: { readonly line: AsRunLine }) {
  const desk = useDesk()
  const { plannedAt, confirmedAt, title, scene, cause, outcome, errorMs, errorFrames, reason } = line
  const isOff = errorFrames !== null ? errorFrames !== 0 : errorMs !== null && Math.abs(errorMs) > 100
  return (
    <li data-outcome={outcome}>
      <span class="time digits">{timeOfDay(desk, confirmedAt ?? plannedAt)}</span>
      <span class="what">
        <strong dir="auto">{scene}</strong>
        {title !== null && title !== scene && <span dir="auto">{title}</span>}
        <span class="cause">{causes[cause]}</span>
        {reason !== undefined && <span class="reason">{reason}</span>}
      </span>
      {outcome === 'onAir' ? (
        <span class={isOff ? 'late off digits' : 'late digits'}>
          {errorFrames !== null && <span class="frames">{framesLate(errorFrames)}</span>}
          {errorMs !== null && lateness(errorMs)}
        </span>
      ) : (
        <span class="outcome">{outcomes[outcome]}</span>
      )}
    </li>
  )
}

function Problems() {
  const desk = useDesk()
  const problems = desk.state.value?.problems ?? []
  if (problems.length === 0) return <Empty>No problems.</Empty>
  const sorted = [...problems].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  return (
    <ul class="problems">
      {sorted.map(({ severity, code, message, file, line, col, since }) => (
        <li key={`${code} ${message}`} data-severity={severity}>
          <span class="severity">{severity}</span>
          <span class="message" dir="auto">
            {message}
          </span>
          {file !== undefined && <code>{[file, line, col].filter((part) => part !== undefined).join(':')}</code>}
          <span class="time digits">{timeOfDay(desk, since)}</span>
        </li>
      ))}
    </ul>
  )
}

function Connected() {
  const desk = useDesk()
  const clients = desk.clients.value
  if (clients.length === 0) return <Empty>Nobody.</Empty>
  return (
    <ul class="clients">
      {clients.map(({ page, role, since }, place) => (
        <li key={`${page} ${since} ${place}`}>
          <strong>{page ?? 'program'}</strong>
          <span>{role === 'view' ? 'views only' : 'operates'}</span>
          <For since={since} />
        </li>
      ))}
    </ul>
  )
}

function For({ since }: { readonly since: number }) {
  const text = useEachFrame((now) => `for ${roughly(now - since)}`, '')
  return <span class="digits">{text}</span>
}
