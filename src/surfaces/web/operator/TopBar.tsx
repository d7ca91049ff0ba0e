import type { ComponentChildren } from 'preact'
import type { Snapshot } from '../../../orchestrator/core/snapshot.ts'
import { useDesk } from '../parts/deskContext.ts'
import { useEachFrame } from '../parts/eachFrame.ts'
import { timeOfDay } from '../parts/zoneTime.ts'
import { endOf } from '../show/rows.ts'
import { overUnderAt, punctuality } from '../show/timing.ts'
import { passed, remaining } from '../show/words.ts'
import { useControls } from './controls.ts'

/** The whole show in one line: its clock, its end, how far it is, how late it is, and what is connected. */
export function TopBar() {
  const desk = useDesk()
  const { isHelpOpen } = useControls()
  const state = desk.state.value
  const clock = useEachFrame((now) => timeOfDay(desk, now), '––:––:––')
  return (
    <header class="top">
      <div class="brand">
        <h1>{state?.schedule?.title ?? 'Stream Orchestrator'}</h1>
        <ModeBadge state={state} />
      </div>
      <Figure label={state?.schedule?.timezone ?? 'Time'} class="clock">
        <span class="digits">{clock}</span>
      </Figure>
      <ShowEnd />
      <Progress state={state} />
      <OverUnder />
      <HardStart />
      <div class="outside">
        <Outside state={state} />
      </div>
      <nav class="links">
        <a href="/screens" title="All screens">
          Screens
        </a>
        <button
          type="button"
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => {
            isHelpOpen.value = true
          }}
        >
          ?
        </button>
      </nav>
    </header>
  )
}

const modes: Readonly<Record<Snapshot['mode'], string>> = {
  unconfigured: 'No schedule',
  idle: 'Ready',
  running: 'Running',
  paused: 'Paused',
  stopped: 'Stopped',
  finished: 'Finished',
}

function ModeBadge({ state }: { readonly state: Snapshot | null }) {
  if (state === null) return <span class="mode">Connecting</span>
  const isHolding = state.mode === 'running' && state.cue?.holding === true
  return (
    <span class="mode" data-mode={isHolding ? 'holding' : state.mode} role="status">
      {isHolding ? 'Holding' : modes[state.mode]}
    </span>
  )
}

function Figure(props: { readonly label: string; readonly class?: string; readonly children: ComponentChildren }) {
  return (
    <div class={`figure ${props.class ?? ''}`}>
      <span class="label">{props.label}</span>
      <span class="value">{props.children}</span>
    </div>
  )
}

function ShowEnd() {
  const desk = useDesk()
  const sheet = desk.sheet.value
  const last = sheet?.cues.findLast((cue) => endOf(cue) !== null)
  if (last === undefined) return null
  const { plannedEndsAt } = last
  const expected = endOf(last)
  const isOff = plannedEndsAt !== null && expected !== null && Math.abs(expected - plannedEndsAt) >= 1000
  return (
    <Figure label={sheet?.loop === false ? 'Ends' : 'Round ends'} class="ends">
      {plannedEndsAt !== null && (
        <span class={isOff ? 'digits planned' : 'digits'} title="Planned">
          {isOff && <span class="sr">planned </span>}
          {timeOfDay(desk, plannedEndsAt)}
        </span>
      )}
      {(isOff || plannedEndsAt === null) && expected !== null && (
        <span class="digits" title="Expected">
          <span class="sr">expected </span>
          {timeOfDay(desk, expected)}
        </span>
      )}
    </Figure>
  )
}

function Progress({ state }: { readonly state: Snapshot | null }) {
  const count = state?.schedule?.cueCount ?? 0
  if (count === 0) return null
  const done = state?.cue === null || state === null ? (state?.mode === 'finished' ? count : 0) : state.cue.index + 1
  const { loop = false } = state?.schedule ?? {}
  const round = state?.cue !== null && state !== null && loop !== false ? `Cue, round ${state.cue.round + 1}` : 'Cue'
  return (
    <Figure label={round} class="progress">
      <span class="digits">
        {done} of {count}
      </span>
      <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="4" />
        <rect class="fill" width={(100 * done) / count} height="4" />
      </svg>
    </Figure>
  )
}

function OverUnder() {
  const desk = useDesk()
  const read = (now: number) => (desk.state.value === null ? null : overUnderAt(desk.state.value, now))
  const text = useEachFrame((now) => {
    const late = read(now)
    return late === null ? '–' : punctuality(late).text
  }, '–')
  const tone = useEachFrame((now) => punctuality(read(now) ?? 0).tone, 'onTime')
  return (
    <Figure label="Over / under" class={`overUnder ${tone.value}`}>
      <span class="digits">{text}</span>
    </Figure>
  )
}

function HardStart() {
  const desk = useDesk()
  const sheet = desk.sheet.value
  const hard = sheet?.nextHardStart ?? null
  const left = useEachFrame((now) => {
    const at = desk.sheet.value?.nextHardStart?.at
    return at === undefined ? '' : remaining(at - now)
  }, '')
  if (hard === null) return null
  const cue = sheet?.cues.find(({ id }) => id === hard.cue)
  return (
    <Figure label={`Hard start ${timeOfDay(desk, hard.at)}`} class="hardStart">
      <span class="digits">{left}</span>
      <span class="name">{cue?.title ?? hard.cue}</span>
    </Figure>
  )
}

type Light = 'good' | 'bad' | 'waiting' | 'off'

function Outside({ state }: { readonly state: Snapshot | null }) {
  if (state === null) return null
  const { link, stream, recording } = state
  // Nobody should take the simulator for the real OBS.
  const isSimulator = link.obs?.platform === 'simulator'
  const links = { up: isSimulator ? 'simulator' : 'connected', connecting: 'connecting', down: 'not connected' }
  const linkLight: Light =
    link.phase === 'up' ? (isSimulator ? 'waiting' : 'good') : link.phase === 'connecting' ? 'waiting' : 'bad'
  const streamLight: Light =
    stream.phase === 'live'
      ? 'good'
      : stream.phase === 'reconnecting'
        ? 'bad'
        : stream.phase === 'offline'
          ? 'off'
          : 'waiting'
  const recordingLight: Light =
    recording.phase === 'recording' ? 'good' : recording.phase === 'paused' ? 'waiting' : 'off'
  return (
    <>
      <Lamp name="OBS" says={links[link.phase]} light={linkLight} />
      <Lamp
        name="Stream"
        says={stream.phase}
        light={streamLight}
        since={stream.phase === 'live' ? stream.since : null}
      />
      <Lamp
        name="Recording"
        says={recording.phase === 'recording' ? 'on' : recording.phase}
        light={recordingLight}
        since={recording.phase === 'recording' ? recording.since : null}
      />
    </>
  )
}

type LampProps = { readonly name: string; readonly says: string; readonly light: Light; readonly since?: number | null }

function Lamp({ name, says, light, since = null }: LampProps) {
  return (
    <div class="lamp" data-light={light}>
      <i aria-hidden="true" />
      <span class="label">{name}</span>
      <span class="value">
        {says}
        {since !== null && <Since at={since} />}
      </span>
    </div>
  )
}

function Since({ at }: { readonly at: number }) {
  const text = useEachFrame((now) => ` ${passed(now - at)}`, '')
  return <span class="digits">{text}</span>
}
