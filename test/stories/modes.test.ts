import { describe, expect, it } from 'vitest'
import { commandTable } from '../../src/commands/table.ts'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { machine } from '../../src/orchestrator/core/machine.ts'
import type { Mode } from '../../src/orchestrator/core/snapshot.ts'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { load, refusal, type Show, schedule } from '../support/show.ts'

const text = `
cues:
  - { id: one, scene: A, duration: 10s }
  - { id: two, scene: B, duration: 10s }
  - { id: three, scene: C, duration: 10s }`

const modes: readonly Mode[] = ['unconfigured', 'idle', 'running', 'paused', 'stopped', 'finished']

/** The modes in which each command is allowed, and the refusal in the others once a schedule is loaded. */
const table = {
  configure: { command: { type: 'configure', schedule: schedule(text) }, allowed: modes, otherwise: null },
  start: { command: { type: 'start' }, allowed: ['idle', 'stopped', 'finished'], otherwise: 'alreadyRunning' },
  stop: { command: { type: 'stop' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  pause: { command: { type: 'pause' }, allowed: ['running'], otherwise: 'notRunning' },
  resume: { command: { type: 'resume' }, allowed: ['paused'], otherwise: 'notPaused' },
  reset: { command: { type: 'reset' }, allowed: modes.slice(1), otherwise: null },
  next: { command: { type: 'next' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  skipCurrentScene: { command: { type: 'skipCurrentScene' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  previous: { command: { type: 'previous' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  goTo: { command: { type: 'goTo', cue: 'three' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  hold: { command: { type: 'hold' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  unhold: { command: { type: 'unhold' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  extend: { command: { type: 'extend', by: '5s' }, allowed: ['running', 'paused'], otherwise: 'notRunning' },
  forceScene: { command: { type: 'forceScene', scene: 'BRB' }, allowed: modes, otherwise: null },
  release: { command: { type: 'release' }, allowed: [], otherwise: 'noOverride' },
  updateStreamStatus: { command: { type: 'updateStreamStatus', phase: 'live' }, allowed: modes, otherwise: null },
} as const satisfies Record<Command['type'], { command: Command; allowed: readonly Mode[]; otherwise: string | null }>

/** Commands whose answer doesn't depend on whether a schedule is loaded. */
const withoutSchedule = ['configure', 'forceScene', 'release', 'updateStreamStatus']

function showIn(mode: Mode): Pick<Show, 'orchestrator'> {
  if (mode === 'unconfigured') return { orchestrator: createOrchestrator({ clock: manualClock(0) }) }
  const show = load(text)
  const { orchestrator } = show
  if (mode === 'idle') return show
  orchestrator.start()
  show.wait('12s')
  if (mode === 'paused') orchestrator.pause()
  if (mode === 'stopped') orchestrator.stop()
  if (mode === 'finished') show.wait('1m')
  return show
}

const leadsTo: Partial<Record<`${Mode} ${Command['type']}`, Mode>> = {
  'unconfigured configure': 'idle',
  'stopped configure': 'idle',
  'finished configure': 'idle',
  'idle start': 'running',
  'stopped start': 'running',
  'finished start': 'running',
  'running stop': 'stopped',
  'paused stop': 'stopped',
  'running pause': 'paused',
  'paused resume': 'running',
  'running reset': 'idle',
  'paused reset': 'idle',
  'stopped reset': 'idle',
  'finished reset': 'idle',
}

describe('the table of commands', () => {
  it('names every command that there is', () => {
    expect(Object.keys(commandTable).sort()).toEqual(Object.keys(table).sort())
  })

  it('names every mode of the machine', () => {
    expect(Object.keys(machine.states).sort()).toEqual([...modes].sort())
  })

  for (const mode of modes) {
    for (const { command, allowed, otherwise } of Object.values(table)) {
      const { type } = command
      const names: readonly string[] = allowed
      const unconfigured = mode === 'unconfigured' && !withoutSchedule.includes(type)
      const reason = unconfigured ? 'notConfigured' : names.includes(mode) ? null : otherwise
      const after = leadsTo[`${mode} ${type}`] ?? mode
      const told = reason === null ? `is accepted${after === mode ? '' : `, and then the mode is ${after}`}` : reason

      it(`${mode}, ${type}: ${told}`, () => {
        const { orchestrator } = showIn(mode)
        expect(orchestrator.currentState().mode).toBe(mode)
        const result = orchestrator.send(command)
        expect(refusal(result)).toBe(reason)
        expect(orchestrator.currentState().mode).toBe(after)
      })

      it(`${mode}, ${type}: the machine itself says so`, () => {
        const { on = {} } = machine.states[mode]?.config ?? {}
        const own: unknown = Reflect.get(on, type) ?? Reflect.get(machine.config.on ?? {}, type)
        const transitions = [own].flat()
        const only = transitions.every((one) => typeof one === 'object' && one !== null && !Reflect.has(one, 'actions'))
        if (reason === null) expect(only).toBe(false)
        else expect(transitions.map((one) => Reflect.get(Object(one), 'guard'))).toContain(reason)
      })
    }
  }

  it('allows release wherever a force is on', () => {
    for (const mode of modes) {
      const { orchestrator } = showIn(mode)
      orchestrator.forceScene('BRB')
      expect(refusal(orchestrator.release()), mode).toBeNull()
      expect(orchestrator.currentState().override).toBeNull()
    }
  })

  it('allows stop in idle while a start is armed, and disarms it', () => {
    const show = load(`start: "13:00"\n${text}`)
    expect(show.state().armedFor?.kind).toBe('time')
    expect(refusal(show.orchestrator.stop())).toBeNull()
    expect(show.state()).toMatchObject({ mode: 'stopped', armedFor: null })
    show.wait('2h')
    expect(show.state().mode).toBe('stopped')
  })
})

describe('a refusal', () => {
  it('says what was refused, why and what to do, and changes nothing', () => {
    const { orchestrator } = showIn('running')
    const before = orchestrator.currentState()
    const result = orchestrator.start()
    expect(result).toEqual({
      accepted: false,
      reason: 'alreadyRunning',
      message: 'The show is already on; stop or reset it first, or use goTo.',
    })
    expect(orchestrator.currentState()).toBe(before)
  })

  it('is `invalid` for arguments that cannot be read', () => {
    const { orchestrator } = showIn('running')
    expect(refusal(orchestrator.extend('soon'))).toBe('invalid')
    expect(refusal(orchestrator.extend('0s'))).toBe('invalid')
    expect(refusal(orchestrator.goTo('three', { offset: '10' }))).toBe('invalid')
    expect(refusal(orchestrator.forceScene('BRB', { until: 'later' }))).toBe('invalid')
    expect(refusal(orchestrator.forceScene(''))).toBe('invalid')
  })

  it('is `invalid` for something that is not an event and for a report with a field missing', () => {
    const { orchestrator } = showIn('running')
    const before = orchestrator.currentState()
    const send = (event: unknown) => orchestrator.send(event as Command)
    for (const event of [null, undefined, 'start', {}, { type: 7 }])
      expect(send(event)).toMatchObject({ reason: 'invalid', message: expect.stringContaining("{ type: 'next' }") })
    for (const report of [{ type: 'link' }, { type: 'confirmed' }, { type: 'scenes', scenes: 'A' }])
      expect(send(report)).toMatchObject({
        reason: 'invalid',
        message: expect.stringContaining(`report ${report.type}`),
      })
    expect(orchestrator.currentState()).toBe(before)
  })

  it('is not given for an optional argument that is undefined', () => {
    const { orchestrator } = showIn('running')
    expect(refusal(orchestrator.goTo('two', { offset: undefined }))).toBeNull()
    expect(refusal(orchestrator.next({ ifCue: undefined }))).toBeNull()
    expect(
      refusal(orchestrator.forceScene('X', { until: undefined, transition: undefined, toggle: undefined })),
    ).toBeNull()
    expect(refusal(orchestrator.forceScene('X', { until: 'cueEnd', pause: undefined }))).toBeNull()
    expect(refusal(orchestrator.updateStreamStatus('live', { since: undefined }))).toBeNull()
    orchestrator.stop()
    expect(refusal(orchestrator.start({ cue: undefined }))).toBeNull()
  })

  it('names the nearest cue or scene', () => {
    const show = load(text)
    expect(show.orchestrator.start({ cue: 'tow' })).toMatchObject({
      reason: 'unknownCue',
      message: expect.stringContaining(`"two"`),
    })
    show.report({ type: 'scenes', scenes: ['Break', 'A', 'B', 'C'] })
    expect(show.orchestrator.forceScene('Braek')).toMatchObject({
      reason: 'unknownScene',
      message: expect.stringContaining(`"Break"`),
    })
  })

  it('is given for an unknown scene only once the scenes of this OBS are known', () => {
    const show = load(text)
    expect(refusal(show.orchestrator.forceScene('Nowhere'))).toBeNull()
    show.report({ type: 'scenes', scenes: ['A', 'B', 'C'] })
    expect(refusal(show.orchestrator.forceScene('Nowhere'))).toBe('unknownScene')
  })
})
