import { describe, expect, it } from 'vitest'
import { OPERATOR_COMMANDS } from '../../../src/commands/table.ts'
import { modesOf } from '../../../src/orchestrator/core/modes.ts'
import { goAction, type Situation, whyNot } from '../../../src/surfaces/web/show/legal.ts'
import { snapshotWith } from '../keyboard/snapshots.ts'

const commands = OPERATOR_COMMANDS.map((type) => ({ type, does: '', modes: modesOf(type) }))
const situation = (state: Parameters<typeof snapshotWith>[0], more: Partial<Situation> = {}): Situation => ({
  state: snapshotWith(state),
  commands,
  role: 'operate',
  isConnected: true,
  ...more,
})
const cue = { index: 1 }
const next = { index: 2, id: 'three', title: 'Three', scene: 'Main', note: null, at: null, startsAt: 60_000 }
const on = { mode: 'running', cue, next } as const

describe('why a command can’t be sent', () => {
  it('is nothing for a command that is legal', () => {
    for (const command of ['pause', 'next', 'previous', 'hold', 'extend', 'stop', 'reset', 'goTo', 'forceScene'])
      expect(whyNot(command, situation(on)), command).toBeNull()
    expect(whyNot('start', situation({ mode: 'idle' }))).toBeNull()
    expect(whyNot('resume', situation({ ...on, mode: 'paused' }))).toBeNull()
  })

  it('is the mode', () => {
    expect(whyNot('start', situation(on))).toBe('The show is on already')
    expect(whyNot('pause', situation({ ...on, mode: 'paused' }))).toBe('The show is paused already')
    expect(whyNot('resume', situation(on))).toBe('The show is not paused')
    expect(whyNot('next', situation({ mode: 'idle' }))).toBe('No show is on')
    expect(whyNot('next', situation({ mode: 'stopped' }))).toBe('The show was stopped')
    expect(whyNot('next', situation({ mode: 'finished' }))).toBe('The show is over')
    expect(whyNot('start', situation({ mode: 'unconfigured' }))).toBe('No schedule is loaded')
  })

  it('is what the command needs', () => {
    expect(whyNot('next', situation({ ...on, next: null }))).toBe('This is the last cue')
    expect(whyNot('previous', situation({ ...on, cue: { ...cue, index: 0 } }))).toContain('first cue')
    expect(whyNot('extend', situation({ ...on, cue: { ...cue, plannedEndsAt: null } }))).toContain('no planned end')
    expect(whyNot('release', situation(on))).toBe('No force is on')
    expect(whyNot('stop', situation({ mode: 'idle' }))).toBe('No show is on')
    expect(whyNot('stop', situation({ mode: 'idle', armedFor: { kind: 'stream' } }))).toBeNull()
    expect(whyNot('reset', situation({ mode: 'idle' }))).toBe('The show is at its beginning')
  })

  it('is a view token or a lost connection before anything else', () => {
    expect(whyNot('next', situation(on, { role: 'view' }))).toContain('View only')
    expect(whyNot('next', situation(on, { isConnected: false }))).toContain('Not connected')
    expect(whyNot('next', situation(on, { commands: [] }))).toBe('Waiting for the orchestrator')
  })
})

describe('the big button', () => {
  it('starts, takes the next cue or resumes', () => {
    expect(goAction('idle')).toEqual({ command: 'start', label: 'Start' })
    expect(goAction('running')).toEqual({ command: 'next', label: 'Next' })
    expect(goAction('paused')).toEqual({ command: 'resume', label: 'Resume' })
    expect(goAction('finished').command).toBe('start')
  })
})
