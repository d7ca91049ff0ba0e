import { describe, expect, it } from 'vitest'
import { commandInWords } from '../../src/commands/table.ts'

describe('a command in words', () => {
  it.each([
    [{ type: 'pause' }, 'pause'],
    [{ type: 'goTo', cue: 'opening', offset: '10s' }, 'goTo opening, offset 10s'],
    [{ type: 'forceScene', scene: 'BRB', until: '30s', toggle: true }, 'forceScene BRB, until 30s, toggle'],
    [{ type: 'start', cue: undefined }, 'start'],
    [{ type: 'start', cue: 'opening' }, 'start cue opening'],
  ])('%j is "%s"', (command, words) => {
    expect(commandInWords(command)).toBe(words)
  })
})
