import { describe, expect, it } from 'vitest'
import { createLog, type LogOptions } from '../../../src/surfaces/terminal/log.ts'

const logged = (options: Partial<LogOptions>) => {
  const lines: string[] = []
  const log = createLog({
    style: 'pretty',
    level: 'info',
    write: (line) => lines.push(line),
    wall: () => Date.UTC(2026, 11, 4, 19, 0, 0, 12),
    timezone: () => 'Europe/Berlin',
    colour: false,
    ...options,
  })
  return { log, lines }
}

describe('the log', () => {
  it("has the time in the schedule's zone, and the level unless it is info", () => {
    const { log, lines } = logged({})
    log.info('on air: Main Camera', { takeId: 1 })
    log.warn('slow')
    expect(lines).toEqual(['20:00:00.012 on air: Main Camera', '20:00:00.012 warn slow'])
  })

  it('leaves out lines below its level', () => {
    const { log, lines } = logged({ level: 'warn' })
    log.debug('a')
    log.info('b')
    log.error('c')
    expect(lines).toEqual(['20:00:00.012 error c'])
  })

  it('writes JSON objects with the time in UTC and all fields', () => {
    const { log, lines } = logged({ style: 'json', level: 'debug' })
    log.debug('asked', { ms: 3 })
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { time: '2026-12-04T19:00:00.012Z', level: 'debug', message: 'asked', ms: 3 },
    ])
  })

  it('lets no name control the terminal', () => {
    const { log, lines } = logged({})
    log.info('scene \u001b[2J\nis on air')
    expect(lines[0]).toBe('20:00:00.012 scene  [2J is on air')
  })
})
