import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandSchema, readCommand } from '../../src/commands/commandSchema.ts'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { commands } from '../support/arbitraries.ts'

const keys = fc.constantFrom(
  'cue',
  'ifCue',
  'offset',
  'by',
  'scene',
  'until',
  'toggle',
  'pause',
  'phase',
  'since',
  'at',
  'x',
)
const values = fc.constantFrom<unknown>(
  '',
  'a',
  '5s',
  '-5s',
  '0s',
  'cueEnd',
  'release',
  'live',
  true,
  1,
  1.5,
  null,
  undefined,
  {},
)
const spoiled = fc
  .tuple(commands, fc.array(fc.tuple(keys, values), { maxLength: 3 }))
  .map(([command, more]) => ({ ...command, ...Object.fromEntries(more) }) as Command)

describe('a command that is read without the schema', () => {
  it('is one that the schema accepts, and no other', () => {
    fc.assert(
      fc.property(spoiled, (command) => {
        expect(readCommand(command, 0) !== null).toBe(commandSchema.safeParse(command).success)
      }),
      { numRuns: 5000 },
    )
  })

  it.each<[Command, object]>([
    [{ type: 'pause' }, {}],
    [{ type: 'start', cue: 'one' }, { cue: 'one' }],
    [{ type: 'next', ifCue: 'one' }, { ifCue: 'one' }],
    [
      { type: 'goTo', cue: 'one', offset: '5s' },
      { cue: 'one', offset: 5000 },
    ],
    [{ type: 'goTo', cue: 'one', offset: undefined }, { cue: 'one' }],
    [{ type: 'extend', by: '-30s' }, { by: -30_000 }],
    [
      { type: 'forceScene', scene: 'A', until: '10s', transition: 'Fade 1s', toggle: true, pause: false },
      { scene: 'A', until: 10_000, transition: { name: 'Fade', duration: 1000 }, toggle: true, pause: false },
    ],
    [
      { type: 'updateStreamStatus', phase: 'live', since: 1_000 },
      { phase: 'live', since: 1_000 },
    ],
  ])('%j has its durations in milliseconds', (command, read) => {
    expect(readCommand(command, 7)).toEqual({ type: command.type, at: 7, ...read })
  })

  it.each<{ readonly type: string; readonly [name: string]: unknown }>([
    { type: 'goTo' },
    { type: 'goTo', cue: undefined },
    { type: 'pause', toString: 'one' },
    { type: 'forceScene' },
    { type: 'extend' },
    { type: 'updateStreamStatus' },
    { type: 'toString' },
  ])('is never %j', (command) => {
    expect(readCommand(command, 0)).toBeNull()
  })
})
