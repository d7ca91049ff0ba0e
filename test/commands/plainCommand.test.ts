import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandSchema, isPlain } from '../../src/commands/commandSchema.ts'
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

describe('a plain command', () => {
  it('is always accepted by the schema', () => {
    fc.assert(
      fc.property(spoiled, (command) => !isPlain(command) || commandSchema.safeParse(command).success),
      { numRuns: 5000 },
    )
  })

  it.each<Command>([
    { type: 'pause' },
    { type: 'start', cue: 'one' },
    { type: 'next', ifCue: 'one' },
    { type: 'goTo', cue: 'one', offset: '5s' },
    { type: 'goTo', cue: 'one', offset: undefined },
    { type: 'extend', by: '-30s' },
    { type: 'forceScene', scene: 'A', until: '10s', toggle: true, pause: false },
    { type: 'updateStreamStatus', phase: 'live', since: 1_000 },
  ])('is an ordinary $type', (command) => {
    expect(isPlain(command)).toBe(true)
  })

  it.each([
    { type: 'goTo' },
    { type: 'goTo', cue: undefined },
    { type: 'forceScene' },
    { type: 'extend' },
    { type: 'updateStreamStatus' },
    { type: 'toString' },
  ])('is never a $type without its argument, nor an unknown one', (command) => {
    expect(isPlain(command as Command)).toBe(false)
  })
})
