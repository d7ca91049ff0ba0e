import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { commandSchema, operatorCommandSchema } from '../../src/commands/commandSchema.ts'
import { type CommandOf, commandTable, OPERATOR_COMMANDS } from '../../src/commands/table.ts'
import type { Command } from '../../src/orchestrator/core/events.ts'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import { checkSchedule } from '../../src/schedule/check.ts'
import { manualClock } from '../../src/time/manualClock.ts'

const accepted = (command: unknown) => commandSchema.safeParse(command).success

describe('a command', () => {
  it('has the type that the table gives it', () => {
    expectTypeOf<z.infer<typeof commandSchema>>().toExtend<Command>()
    expectTypeOf<CommandOf<'goTo'>>().toEqualTypeOf<{
      readonly type: 'goTo'
      readonly cue: string
      readonly offset?: string | undefined
    }>()
  })

  it.each([
    { type: 'start' },
    { type: 'start', cue: 'opening' },
    { type: 'stop' },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'reset' },
    { type: 'next', ifCue: 'opening' },
    { type: 'skipCurrentScene' },
    { type: 'previous' },
    { type: 'goTo', cue: 'opening', offset: '10s' },
    { type: 'hold' },
    { type: 'unhold' },
    { type: 'extend', by: '-30s' },
    { type: 'forceScene', scene: 'BRB' },
    { type: 'forceScene', scene: 'BRB', until: '30s', transition: 'Fade 300ms', toggle: true, pause: true },
    { type: 'forceScene', scene: 'BRB', until: 'cueEnd', transition: { name: 'Fade', duration: '1s' } },
    { type: 'release' },
    { type: 'updateStreamStatus', phase: 'live', since: 5 },
  ])('$type is accepted with its arguments, unchanged', (command) => {
    expect(commandSchema.parse(command)).toEqual(command)
  })

  it.each([
    { type: 'begin' },
    { type: 'start', cue: '' },
    { type: 'stop', now: true },
    { type: 'goTo' },
    { type: 'goTo', cue: 'opening', offset: 10 },
    { type: 'extend', by: '0s' },
    { type: 'extend', by: 30 },
    { type: 'forceScene' },
    { type: 'forceScene', scene: 'BRB', until: 'never' },
    { type: 'forceScene', scene: 'BRB', until: 'cueEnd', pause: true },
    { type: 'forceScene', scene: 'BRB', toggle: 'yes' },
    { type: 'updateStreamStatus', phase: 'on' },
    { type: 'configure', schedule: { version: 1, cues: [] } },
    {},
    null,
  ])('%j is refused', (command) => {
    expect(accepted(command)).toBe(false)
  })

  it.each([
    ['goto', 'there is no command `goto`; did you mean `goTo`?'],
    ['begin', 'there is no command `begin`'],
    [5, 'there is no command `5`'],
  ])('%j is refused as unknown, with the command that was probably meant', (type, message) => {
    expect(commandSchema.safeParse({ type }).error?.issues).toMatchObject([{ path: ['type'], message }])
  })

  it('can configure only a checked schedule', () => {
    const { schedule } = checkSchedule({ version: 1, cues: [{ scene: 'A', duration: '5m' }] })
    if (schedule === undefined) throw new Error('the schedule is valid')
    const orchestrator = createOrchestrator({ clock: manualClock() })
    expect(orchestrator.configure(schedule)).toMatchObject({ accepted: true })
    expect(orchestrator.configure({ ...schedule })).toMatchObject({ accepted: false, reason: 'invalid' })
  })

  it('of an operator can neither configure nor report the stream', () => {
    expect(operatorCommandSchema.safeParse({ type: 'updateStreamStatus', phase: 'live' }).success).toBe(false)
    expect(Object.keys(commandTable).filter((name) => !OPERATOR_COMMANDS.includes(name))).toEqual([
      'configure',
      'updateStreamStatus',
    ])
  })
})
