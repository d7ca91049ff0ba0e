import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../src/orchestrator/core/snapshot.ts'
import { load, play, refusal } from '../../support/show.ts'

const cues = `
cues:
  - { id: one, scene: A, duration: 1m }
  - { id: two, scene: B, duration: 1m }`

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

const warnings: Error[] = []
const noted = (warning: Error): void => void warnings.push(warning)

describe('subscribe', () => {
  beforeEach(() => void process.on('warning', noted))
  afterEach(() => void process.off('warning', noted))

  it('hands over each new snapshot, in order, never twice; none for the present one', () => {
    const show = load(cues)
    const seen: Snapshot[] = []
    show.orchestrator.subscribe((state) => seen.push(state))
    expect(seen).toEqual([])
    const before = show.state().seq
    show.orchestrator.start()
    show.wait('2m')
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, i) => before + 1 + i))
    expect(seen.at(-1)).toBe(show.state())
  })

  it('publishes nothing merely because time passes', () => {
    const show = play(cues)
    const seen: Snapshot[] = []
    show.orchestrator.subscribe((state) => seen.push(state))
    show.wait('59s')
    expect(seen).toEqual([])
  })

  it('gives every listener the same frozen object', () => {
    const show = play(cues)
    const seen: Snapshot[] = []
    show.orchestrator.subscribe((state) => seen.push(state))
    show.orchestrator.subscribe((state) => seen.push(state))
    show.orchestrator.pause()
    expect(seen[0]).toBe(seen[1])
    expect(seen).toHaveLength(2)
  })

  it('ends with what it returns, also in the middle of a delivery', () => {
    const show = play(cues)
    const seen: string[] = []
    const ends: (() => void)[] = []
    ends.push(
      show.orchestrator.subscribe(() => {
        seen.push('first')
        for (const end of ends) end()
      }),
      show.orchestrator.subscribe(() => seen.push('second')),
    )
    show.orchestrator.pause()
    show.orchestrator.resume()
    expect(seen).toEqual(['first'])
  })

  it('lets a listener that throws harm nobody', async () => {
    const show = play(cues)
    const seen: Snapshot[] = []
    show.orchestrator.subscribe(() => {
      throw new Error('a listener of mine')
    })
    show.orchestrator.subscribe((state) => seen.push(state))
    expect(refusal(show.orchestrator.pause())).toBeNull()
    expect(seen).toHaveLength(1)
    await new Promise(setImmediate)
    expect(warnings.map(({ message }) => message)).toContain('a listener of mine')
  })

  it('goes on for everybody when a listener throws what cannot even be shown', () => {
    const show = play(cues)
    const seen: Snapshot[] = []
    show.orchestrator.subscribe(() => {
      throw Object.create(null)
    })
    show.orchestrator.subscribe((state) => seen.push(state))
    show.orchestrator.pause()
    show.orchestrator.resume()
    expect(seen.map(({ mode }) => mode)).toEqual(['paused', 'running'])
  })

  it('lets an async listener that fails harm nobody, and warns of it', async () => {
    const show = play(cues)
    show.orchestrator.subscribe(async () => {
      throw new Error('an async listener of mine')
    })
    show.orchestrator.pause()
    await new Promise(setImmediate)
    expect(warnings.map(({ message }) => message)).toContain('an async listener of mine')
  })

  it('applies a command from a listener at once; every listener still sees every snapshot once, in order', () => {
    const show = play(cues)
    const first: string[] = []
    const second: string[] = []
    show.orchestrator.subscribe((state) => {
      first.push(state.mode)
      if (state.mode !== 'paused') return
      const result = show.orchestrator.stop()
      expect(result.accepted && result.state.mode).toBe('stopped')
      expect(show.state().mode).toBe('stopped')
    })
    show.orchestrator.subscribe((state) => {
      second.push(state.mode)
      if (state.mode === 'paused') expect(show.state().mode).toBe('stopped')
    })
    show.orchestrator.pause()
    expect(first).toEqual(['paused', 'stopped'])
    expect(second).toEqual(['paused', 'stopped'])
  })

  it('refuses commands once 10 000 snapshots wait for a listener that does not return', () => {
    const show = play(cues)
    const reasons = new Set<string | null>()
    let count = 0
    let isFirst = true
    show.orchestrator.subscribe(() => {
      if (!isFirst) return
      isFirst = false
      while (!reasons.has('queueFull')) {
        reasons.add(refusal(count % 2 === 0 ? show.orchestrator.resume() : show.orchestrator.pause()))
        count++
      }
    })
    show.orchestrator.pause()
    expect(reasons).toEqual(new Set([null, 'queueFull']))
    expect(Math.abs(count - 10_000)).toBeLessThanOrEqual(2)
    expect(refusal(show.orchestrator.stop())).toBeNull()
  })

  it('lets a listener send a command for each snapshot as long as it sees every one of them', () => {
    const show = play(cues)
    const reasons = new Set<string | null>()
    let count = 0
    show.orchestrator.subscribe(({ mode }) => {
      if (++count > 30_000) return
      reasons.add(refusal(mode === 'paused' ? show.orchestrator.resume() : show.orchestrator.pause()))
    })
    show.orchestrator.pause()
    expect([...reasons]).toEqual([null])
  })

  it('ends a listener that would send a command for each snapshot for ever', () => {
    const show = play(cues)
    let last: string | null = null
    show.orchestrator.subscribe(({ mode }) => {
      last = refusal(mode === 'paused' ? show.orchestrator.resume() : show.orchestrator.pause())
    })
    show.orchestrator.pause()
    expect(last).toBe('queueFull')
    expect(refusal(show.orchestrator.stop())).toBeNull()
  })
})

describe('states()', () => {
  it('begins with the present state, and a slow reader gets the latest', async () => {
    const show = play(cues)
    const states = show.orchestrator.states()
    expect((await states.next()).value).toBe(show.state())
    show.orchestrator.pause()
    show.orchestrator.resume()
    show.orchestrator.next()
    expect((await states.next()).value).toBe(show.state())
  })

  it('waits for a change where there is none', async () => {
    const show = play(cues)
    const states = show.orchestrator.states()
    await states.next()
    const next = states.next()
    show.orchestrator.pause()
    expect((await next).value).toBe(show.state())
  })

  it('tells a reader the last state, too, that comes just before the orchestrator is closed', async () => {
    const show = play(cues)
    const states = show.orchestrator.states()
    await states.next()
    show.orchestrator.stop()
    await show.orchestrator.close()
    expect((await states.next()).value).toMatchObject({ mode: 'stopped' })
    expect(await states.next()).toEqual({ done: true, value: undefined })
  })

  it('ends with its reader, and with the orchestrator', async () => {
    const show = play(cues)
    const seen: Snapshot[] = []
    for await (const state of show.orchestrator.states()) {
      seen.push(state)
      break
    }
    expect(seen).toHaveLength(1)
    const states = show.orchestrator.states()
    await states.next()
    const waiting = states.next()
    await show.orchestrator.close()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })
})

describe('a reader that leaves while it waits', () => {
  it('leaves nothing behind, though nothing happens any more', async () => {
    const { orchestrator } = play(cues)
    const events = orchestrator.events()
    const waiting = new WeakRef(events.next())
    await events.return?.()
    await new Promise(setImmediate)
    collectGarbage()
    expect(waiting.deref()).toBeUndefined()
  })
})

describe('events()', () => {
  it('tells each change from now on: what came, and the fields that changed, whole', async () => {
    const show = play(cues)
    const events = show.orchestrator.events()
    show.orchestrator.pause()
    show.orchestrator.pause()
    show.wait('1s')
    show.orchestrator.forceScene('BRB', { until: '5s' })
    const first = (await events.next()).value
    expect(first).toEqual({
      seq: show.state().seq - 2,
      at: Date.parse('2026-03-02T12:00:00Z'),
      event: { type: 'pause' },
      changed: { mode: 'paused', pausedAt: Date.parse('2026-03-02T12:00:00Z') },
    })
    const second = (await events.next()).value
    expect(second).toMatchObject({ event: { type: 'forceScene', scene: 'BRB', until: '5s' } })
    expect(second && 'changed' in second ? Object.keys(second.changed).sort() : []).toEqual(['override', 'program'])
  })

  it('together are the state', async () => {
    const show = load(cues)
    const events = show.orchestrator.events()
    let state: Snapshot = show.state()
    show.orchestrator.start()
    show.orchestrator.forceScene('BRB')
    show.wait('3m')
    show.orchestrator.release()
    while (state.seq < show.state().seq) {
      const { value } = await events.next()
      if (value === undefined || 'reset' in value) throw new Error('no event')
      expect(value.seq).toBe(state.seq + 1)
      state = { ...state, ...value.changed, seq: value.seq, at: value.at }
    }
    expect(state).toEqual(show.state())
  })

  it('begin anew, with a reset, for a reader who has fallen out of the last 10 000', async () => {
    const show = play(cues)
    const events = show.orchestrator.events()
    for (let i = 0; i < 5001; i++) {
      show.orchestrator.pause()
      show.orchestrator.resume()
    }
    expect((await events.next()).value).toEqual({ reset: true, state: show.state() })
    show.orchestrator.pause()
    expect((await events.next()).value).toMatchObject({ seq: show.state().seq, event: { type: 'pause' } })
  })

  it('end when the orchestrator is closed, what was there before being told', async () => {
    const show = play(cues)
    const events = show.orchestrator.events()
    show.orchestrator.pause()
    await show.orchestrator.close()
    expect((await events.next()).value).toMatchObject({ event: { type: 'pause' } })
    expect(await events.next()).toEqual({ done: true, value: undefined })
  })
})

describe('events() of an orchestrator that is closed', () => {
  it('end at once', async () => {
    const show = play(cues)
    await show.orchestrator.close()
    expect(await show.orchestrator.events().next()).toEqual({ done: true, value: undefined })
  })
})

describe('close()', () => {
  it('ends timers, listeners and effects; commands are refused as closed', async () => {
    const show = play(cues)
    const seen: Snapshot[] = []
    show.orchestrator.subscribe((state) => seen.push(state))
    await show.orchestrator.close()
    await show.orchestrator.close()
    const before = show.effects.length
    show.wait('5m')
    expect(show.orchestrator.stop()).toEqual({
      accepted: false,
      reason: 'closed',
      message: 'The orchestrator is closed.',
    })
    expect([seen.length, show.effects.length - before, show.cue()]).toEqual([0, 0, 'one'])
  })
})
