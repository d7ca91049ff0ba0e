import type { CueView, Snapshot } from '../../../orchestrator/core/snapshot.ts'
import { useDesk } from '../parts/deskContext.ts'
import { useEachFrame } from '../parts/eachFrame.ts'
import { KeyHint } from '../parts/KeyHint.tsx'
import { Press } from '../parts/Press.tsx'
import { timeOfDay } from '../parts/zoneTime.ts'
import { countdownAt, countdownToStart, nextComes } from '../show/timing.ts'
import { causes, forcedBy, passed, remaining, roughly } from '../show/words.ts'
import { useControls } from './controls.ts'

/** What is on air, how long the cue has left, and what comes next. */
export function OnAir() {
  const desk = useDesk()
  const state = desk.state.value
  return (
    <section class="onAir" aria-label="On air">
      <Program state={state} />
      <CueTime state={state} />
      <Next state={state} />
    </section>
  )
}

function Program({ state }: { readonly state: Snapshot | null }) {
  const { wanted = null, confirmed = null } = state?.program ?? {}
  const isUp = state?.link.phase === 'up'
  const isAsked = wanted !== null && wanted !== confirmed
  const light = !isUp ? 'unknown' : confirmed === null ? 'off' : isAsked ? 'asked' : 'on'
  return (
    <div class="program" data-light={light}>
      <div class="lamps">
        <span class="lamp big wanted" data-light={wanted === null ? 'off' : 'on'}>
          <i aria-hidden="true" />
          <span class="label">Wanted</span>
          <span class="value">{wanted ?? 'nothing'}</span>
        </span>
        <span class="lamp big confirmed" data-light={light}>
          <i aria-hidden="true" />
          <span class="label">{isUp ? 'Confirmed' : 'Last seen'}</span>
          <span class="value">{confirmed ?? 'nothing'}</span>
        </span>
        <Cause state={state} />
      </div>
      <p class="scene" dir="auto">
        <span class="tally">
          {light === 'on' ? 'On air' : light === 'unknown' ? 'Not seen' : light === 'asked' ? 'Taking' : 'Off'}
        </span>
        <span class="name">{confirmed ?? '–'}</span>
        {isAsked && <span class="to"> → {wanted}</span>}
      </p>
    </div>
  )
}

function Cause({ state }: { readonly state: Snapshot | null }) {
  const desk = useDesk()
  const ago = useEachFrame((now) => {
    const link = desk.state.value?.link
    return link === undefined || link.phase === 'up' ? '' : `, ${roughly(now - link.since)} ago`
  }, '')
  const { cause = null, confirmedAt = null } = state?.program ?? {}
  const at = confirmedAt === null ? '' : ` at ${timeOfDay(desk, confirmedAt)}`
  const words = cause === null ? '' : causes[cause]
  return (
    <span class="cause">
      {words}
      {at}
      {ago}
    </span>
  )
}

function CueTime({ state }: { readonly state: Snapshot | null }) {
  const desk = useDesk()
  const read = (now: number) => {
    const present = desk.state.value
    return present === null ? null : (countdownAt(present, now) ?? countdownToStart(present, now))
  }
  const text = useEachFrame((now) => read(now)?.text ?? '–:––', '–:––')
  const tone = useEachFrame((now) => read(now)?.tone ?? 'off', 'off')
  const label = useEachFrame((now) => read(now)?.label ?? '', '')
  // In steps that can be seen: a long cue isn't drawn anew in each frame.
  const share = useEachFrame((now) => Math.round((read(now)?.share ?? 0) * 1000), 0)
  const cue = state?.cue ?? null
  return (
    <div class="cueTime" data-tone={tone} data-paused={state?.mode === 'paused'}>
      <div class="cueName">
        {cue === null ? (
          <h2>{idleWords(state)}</h2>
        ) : (
          <>
            <span class="number digits">{cue.index + 1}</span>
            <h2 dir="auto">{cue.title}</h2>
            {cue.note !== null && (
              <p class="note" dir="auto">
                {cue.note}
              </p>
            )}
          </>
        )}
      </div>
      <div class="countdown">
        <span class="digits" role="timer" aria-label="Countdown of the cue">
          {text}
        </span>
        <span class="label">{label}</span>
        {cue !== null && <CueTimes cue={cue} />}
      </div>
      <svg class="meter" viewBox="0 0 1000 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="1000" height="4" />
        <rect class="fill" width={share} height="4" />
      </svg>
    </div>
  )
}

/** When the cue came on air, and when it ends as things stand. In a pause nobody knows the latter. */
function CueTimes({ cue: { index, endsAt, endsBy } }: { readonly cue: CueView }) {
  const desk = useDesk()
  const beganAt = desk.sheet.value?.cues[index]?.actualAt ?? null
  const isMoving = desk.state.value?.pausedAt !== null && endsBy === 'show'
  return (
    <dl class="times digits">
      {beganAt !== null && (
        <div>
          <dt>On since</dt>
          <dd>{timeOfDay(desk, beganAt)}</dd>
        </div>
      )}
      {endsAt !== null && !isMoving && (
        <div>
          <dt>Ends</dt>
          <dd>{timeOfDay(desk, endsAt)}</dd>
        </div>
      )}
    </dl>
  )
}

function idleWords(state: Snapshot | null): string {
  if (state === null) return 'Connecting'
  if (state.mode === 'unconfigured') return 'No schedule is loaded'
  if (state.mode === 'stopped') return 'The show was stopped'
  if (state.mode === 'finished') return 'The show is over'
  return 'Ready to start'
}

function Next({ state }: { readonly state: Snapshot | null }) {
  const desk = useDesk()
  const when = useEachFrame(
    (now) => (desk.state.value === null ? '' : nextComes(desk.state.value, now, (at) => timeOfDay(desk, at))),
    '',
  )
  const next = state?.next ?? null
  return (
    <p class="next">
      <span class="label">Next</span>
      {next === null ? (
        <span class="title">{state?.cue ? 'the end of the show' : '–'}</span>
      ) : (
        <>
          <span class="title" dir="auto">
            {next.title}
          </span>
          {next.title !== next.scene && <span class="scene">{next.scene}</span>}
          <span class="when digits">{when}</span>
        </>
      )}
    </p>
  )
}

/** A force stands over everything, so that nobody forgets it. */
export function ForceBanner() {
  const desk = useDesk()
  const { press, whyNot } = useControls()
  const override = desk.state.value?.override ?? null
  const lasts = useEachFrame((now) => {
    const on = desk.state.value?.override
    if (!on) return ''
    if (on.until === 'release') return 'until released'
    if (on.until === 'cueEnd') return 'until the end of the cue'
    return `${remaining(on.until - now)} left`
  }, '')
  const since = useEachFrame((now) => {
    const on = desk.state.value?.override
    return on ? `on for ${passed(now - on.since)}` : ''
  }, '')
  if (override === null) return null
  return (
    <section class="force" aria-label="Force">
      <span class="sr" role="alert">
        {override.scene} is forced
      </span>
      <span class="word">Force</span>
      <strong dir="auto">{override.scene}</strong>
      <span class="who">
        {forcedBy[override.by]}
        {override.pause ? ', pauses the show' : ''}
      </span>
      <span class="lasts digits">
        {lasts} <span class="since">{since}</span>
      </span>
      <Press class="release" onPress={() => press({ type: 'release' })} why={whyNot('release')}>
        Release <KeyHint>R</KeyHint>
      </Press>
    </section>
  )
}
