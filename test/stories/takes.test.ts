import { describe, expect, it } from 'vitest'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import type { Result } from '../../src/orchestrator/result.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { load, play, refusal, type Show, schedule } from '../support/show.ts'

const cues = `
cues:
  - { id: one, scene: A, title: Opening, duration: 1m }
  - { id: two, scene: B, duration: 1m }
  - { id: three, scene: B, duration: 1m }`

const onAir = (result: Result) => (result.accepted ? result.onAir : undefined)
const confirm = (show: Show, already = false) =>
  show.report({ type: 'confirmed', takeId: lastTake(show), sentAt: show.clock.now() - 20, already })
const lastTake = (show: Show): number => show.effects.at(-1)?.takeId ?? 0

describe('the outcome of a take that a command asked for', () => {
  it('is onAir once OBS has named the scene', async () => {
    const show = load(cues, { obs: 'silent' })
    const taken = onAir(show.orchestrator.start())
    show.wait('50ms')
    confirm(show)
    expect(await taken).toEqual({ outcome: 'onAir' })
  })

  it('can be asked for late, and is known even if the adapter answered at once', async () => {
    const show = load(cues)
    const result = show.orchestrator.start()
    expect(await onAir(result)).toEqual({ outcome: 'onAir' })
    expect(onAir(result)).toBe(onAir(result))
    const silent = load(cues, { obs: 'silent' })
    const late = silent.orchestrator.start()
    confirm(silent)
    expect(await onAir(late)).toEqual({ outcome: 'onAir' })
  })

  it('is already if the scene was on air before', async () => {
    const show = play(cues)
    await onAir(show.orchestrator.next())
    expect(await onAir(show.orchestrator.next())).toEqual({ outcome: 'already' })
  })

  it('is superseded if another take comes before the confirmation', async () => {
    const show = load(cues, { obs: 'silent' })
    const first = onAir(show.orchestrator.start())
    show.orchestrator.next()
    expect(await first).toEqual({ outcome: 'superseded' })
  })

  it('is failed, with the reason, if OBS refuses', async () => {
    const show = load(cues, { obs: 'silent' })
    const taken = onAir(show.orchestrator.start())
    show.report({ type: 'failed', takeId: lastTake(show), sentAt: null, reason: 'No source was found' })
    expect(await taken).toEqual({ outcome: 'failed', reason: 'No source was found' })
  })

  it('is given by every command that ends the cue at once: extend to now, or unhold past the end', async () => {
    const show = load(cues, { obs: 'silent' })
    show.orchestrator.start()
    show.wait('30s')
    const second = onAir(show.orchestrator.extend('-1m'))
    expect(show.cue()).toBe('two')
    confirm(show)
    expect(await second).toEqual({ outcome: 'onAir' })
    show.orchestrator.hold()
    show.wait('2m')
    const third = onAir(show.orchestrator.unhold())
    expect(show.cue()).toBe('three')
    confirm(show, true)
    expect(await third).toEqual({ outcome: 'already' })
  })

  it('is known at once without an adapter, even for a command that ends the cue at once', async () => {
    const clock = manualClock(0)
    const orchestrator = createOrchestrator({ clock, schedule: schedule(cues) })
    orchestrator.start()
    clock.advance(30_000)
    expect(await onAir(orchestrator.extend('-1m'))).toEqual({ outcome: 'onAir' })
  })

  it('is covered for a cue under a force', async () => {
    const show = play(cues)
    show.orchestrator.forceScene('BRB')
    expect(await onAir(show.orchestrator.next())).toEqual({ outcome: 'covered' })
  })

  it('is superseded when the orchestrator is closed, and its promise never rejects', async () => {
    const show = load(cues, { obs: 'silent' })
    const taken = onAir(show.orchestrator.start())
    await show.orchestrator.close()
    expect(await taken).toMatchObject({ outcome: 'superseded' })
  })

  it('is given by force, release and toggle too', async () => {
    const show = play(cues)
    expect(await onAir(show.orchestrator.forceScene('BRB'))).toEqual({ outcome: 'onAir' })
    expect(await onAir(show.orchestrator.forceScene('BRB', { toggle: true }))).toEqual({ outcome: 'onAir' })
  })

  it('is absent for commands that put nothing on air', () => {
    const show = play(cues)
    show.orchestrator.forceScene('BRB')
    show.orchestrator.next()
    for (const result of [
      show.orchestrator.unhold(),
      show.orchestrator.pause(),
      show.orchestrator.resume(),
      show.orchestrator.stop(),
      show.orchestrator.release(),
    ].slice(0, 4))
      expect(onAir(result)).toBeUndefined()
  })

  it('is confirmed at once without an adapter', async () => {
    const orchestrator = createOrchestrator({ clock: manualClock(0), schedule: schedule(cues) })
    expect(await onAir(orchestrator.start())).toEqual({ outcome: 'onAir' })
    expect(orchestrator.currentState().program).toMatchObject({ wanted: 'A', confirmed: 'A', confirmedAt: 0 })
  })

  it('is left out of the result’s JSON', () => {
    const result = play(cues).orchestrator.next()
    expect(Object.keys(result)).toEqual(['accepted', 'seq', 'state'])
  })
})

describe('a line of the as-run log', () => {
  it('says what was planned for air, when, and when it came', () => {
    const show = load(cues, { obs: 'silent' })
    show.orchestrator.start()
    const plannedAt = show.clock.now()
    show.wait('50ms')
    confirm(show)
    expect(show.lines).toEqual([
      {
        cue: 'one',
        title: 'Opening',
        scene: 'A',
        cause: 'command',
        plannedAt,
        sentAt: plannedAt + 30,
        confirmedAt: plannedAt + 50,
        errorMs: 50,
        how: 'plain',
        errorFrames: null,
        outcome: 'onAir',
      },
    ])
  })

  it('gives a cue’s boundary as its planned time, however late the timer', () => {
    const show = play(cues)
    show.wait('59s')
    show.clock.stall(1500)
    expect(show.lines.at(-1)).toMatchObject({ cue: 'two', plannedAt: Date.parse('2026-03-02T12:01:00Z') })
  })

  it('is written for each cue that the show passes, even if its scene was already on', () => {
    const show = play(cues)
    show.wait('3m')
    expect(show.log()).toEqual(['one A command onAir', 'two B schedule onAir', 'three B schedule already'])
  })

  it('is superseded if nothing is wanted any more before OBS answers', () => {
    const show = load(cues, { obs: 'silent' })
    show.orchestrator.start()
    show.orchestrator.stop()
    expect(show.log()).toEqual(['one A command superseded'])
  })
})

describe('a failed take', () => {
  it('is a problem until a take succeeds; the wanted scene stays wanted', () => {
    const show = load(cues, { obs: 'silent' })
    show.orchestrator.start()
    show.report({ type: 'failed', takeId: lastTake(show), sentAt: null, reason: 'No source was found' })
    expect(show.state()).toMatchObject({
      program: { wanted: 'A', confirmed: null },
      problems: [{ code: 'takeFailed', message: 'No source was found' }],
    })
    show.orchestrator.next()
    confirm(show)
    expect(show.state().problems).toEqual([])
  })

  it('can be answered with a force by a listener; the adapter hears of that force last', () => {
    const show = load(cues, { obs: 'silent' })
    show.orchestrator.onAsRun(({ outcome }) => {
      if (outcome === 'failed') show.orchestrator.forceScene('Technical Issues')
    })
    const heard: string[] = []
    show.orchestrator.onJournal(({ event }) => {
      if (event.type === 'pause') show.orchestrator.forceScene('BRB')
    })
    show.orchestrator.onJournal(({ event }) => void heard.push(event.type))
    show.orchestrator.start()
    show.report({ type: 'failed', takeId: lastTake(show), sentAt: null, reason: 'No source was found' })
    expect(show.effects.at(-1)?.wanted?.scene).toBe('Technical Issues')
    show.orchestrator.pause()
    expect(show.effects.at(-1)?.wanted?.scene).toBe('BRB')
    expect(heard).toEqual(['start', 'failed', 'forceScene', 'pause', 'forceScene'])
  })

  it('changes nothing if it is an older take', () => {
    const show = load(cues, { obs: 'silent' })
    show.orchestrator.start()
    const old = lastTake(show)
    show.orchestrator.next()
    show.report({ type: 'failed', takeId: old, sentAt: null, reason: 'late' })
    show.report({ type: 'confirmed', takeId: old, sentAt: null, already: false })
    expect(show.state()).toMatchObject({ problems: [], program: { confirmed: null } })
    expect(refusal(show.orchestrator.next())).toBeNull()
  })
})
