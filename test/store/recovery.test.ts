import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replay } from '../../src/cli/replay.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { schedule } from '../support/show.ts'
import { until } from '../support/until.ts'
import { freshFolder, linesOf } from './folders.ts'
import { bornLater, type Life, live, logIn, newObs } from './lives.ts'

/** A Friday evening in UTC. */
const seven = Date.UTC(2026, 11, 4, 19)
const minute = 60_000

const evening = `
cues:
  - { id: one, scene: A, duration: 1m }
  - { id: two, scene: B, duration: 1m }
  - { id: three, scene: C, duration: 1m }
  - { id: four, scene: D, duration: 10m }`

/** A process that plays this from the start for a while, on an OBS of its own. */
async function begun(text: string, length: number) {
  const obs = newObs()
  const first = await live(await freshFolder(), schedule(text), { obs, clock: manualClock(seven) })
  first.orchestrator.start()
  first.clock.advance(length)
  await first.written()
  return { obs, first }
}

/** The next process, born this long after the other one was killed. */
async function reborn(first: Life, away: number, text = evening, obs = newObs()) {
  const folder = await first.kill()
  const next = await live(folder, schedule(text), { obs, clock: bornLater(first.clock, away) })
  return { folder, next, state: () => next.orchestrator.currentState() }
}

describe('a show whose process was killed', () => {
  it('is where it would be by now, and logs each cue once', async () => {
    const { first, obs } = await begun(evening, 30_000)
    const { folder, next, state } = await reborn(first, 2 * minute, evening, obs)
    expect(state()).toMatchObject({
      mode: 'running',
      cue: { id: 'three', enteredAt: seven + 2 * minute, endsAt: seven + 3 * minute },
      program: { wanted: 'C', cause: 'resume' },
    })
    next.clock.advance(minute)
    await next.written()
    expect(await logIn(folder)).toEqual([
      'one A command onAir',
      'two B resume skipped',
      'three C resume onAir',
      'four D schedule onAir',
    ])
  })

  it('goes on where it was with afterGap: resume, even if nothing had happened for long', async () => {
    const text = `policies: { afterGap: resume }\n${evening}`
    const { first } = await begun(text, 3 * minute + 20)
    await until('the checkpoint', () => first.folder.checkpoint())
    first.clock.advance(5 * minute)
    await until('a sign of life', () => first.folder.aliveAt(seven + 8 * minute))
    const { state } = await reborn(first, minute, text)
    const { cue } = state()
    expect(cue).toMatchObject({ id: 'four' })
    // It lived at least until the last whole second.
    expect(Math.abs((cue?.endsAt ?? 0) - (seven + 14 * minute))).toBeLessThan(1100)
  })

  it('is still paused', async () => {
    const { first } = await begun(evening, 30_000)
    first.orchestrator.pause()
    await first.written()
    const { state, next } = await reborn(first, minute)
    expect(state()).toMatchObject({ mode: 'paused', pausedAt: seven + 30_000, cue: { id: 'one' } })
    next.orchestrator.resume()
    expect(state()).toMatchObject({ mode: 'running', cue: { id: 'one', endsAt: seven + 2 * minute } })
  })

  it('is still under its force, which ends at its time', async () => {
    const { first, obs } = await begun(evening, 30_000)
    first.orchestrator.forceScene('BRB', { until: '2m' })
    await first.written()
    const { state, next, folder } = await reborn(first, minute, evening, obs)
    expect(state()).toMatchObject({ override: { scene: 'BRB', until: seven + 150_000 }, program: { wanted: 'BRB' } })
    next.clock.advance(minute)
    expect(state()).toMatchObject({ override: null, cue: { id: 'three' }, program: { wanted: 'C' } })
    await next.written()
    expect(await logIn(folder)).toEqual([
      'one A command onAir',
      '- BRB force onAir',
      'two B resume covered',
      'three C schedule covered',
      'three C release onAir',
    ])
  })

  it('has a seq without gaps, and a journal that can be replayed', async () => {
    const { first } = await begun(evening, 30_000)
    const before = first.orchestrator.currentState().seq
    const { folder, next } = await reborn(first, minute)
    next.clock.advance(minute)
    await next.written()
    const seqs = (await linesOf(folder, 'journal.jsonl')).map((line) => Object(line).seq)
    const later = [...new Set(seqs)].filter((seq) => seq > before)
    expect(later).toEqual(later.map((_, i) => before + 1 + i))
    expect(next.orchestrator.currentState().seq).toBe(later.at(-1))
    const said: string[] = []
    const say = (line: string) => void said.push(line)
    const code = await replay(join(folder, 'journal.jsonl'), { stdout: say, stderr: say })
    expect({ code, said }).toMatchObject({ code: 0, said: [expect.stringContaining('from 2 checkpoints')] })
  })

  it('is over if it would be over by now', async () => {
    const { first } = await begun(evening, 30_000)
    const { state } = await reborn(first, 60 * minute)
    expect(state()).toMatchObject({ mode: 'finished', cue: null })
  })

  it.each([
    ['stopped', (life: Life) => life.orchestrator.stop()],
    ['finished', (life: Life) => life.clock.advance(20 * minute)],
    ['idle', (life: Life) => life.orchestrator.reset()],
  ] as const)('does not go on if it was %s', async (mode, end) => {
    const { first } = await begun(evening, 30_000)
    end(first)
    await first.written()
    expect(first.orchestrator.currentState().mode).toBe(mode)
    const { next, state } = await reborn(first, minute)
    expect(next.goesOn).toBe(false)
    expect(state()).toMatchObject({ mode: 'idle', cue: null })
  })

  it('goes on with the file as it is now', async () => {
    const { first } = await begun(evening, 30_000)
    const { state } = await reborn(first, minute, evening.replace('scene: B, duration: 1m', 'scene: E, duration: 5m'))
    expect(state()).toMatchObject({ cue: { id: 'two', scene: 'E', endsAt: seven + 6 * minute } })
  })

  it('knows that the wall clock was set', async () => {
    const text = `
cues:
  - { id: one, scene: A, duration: 3h }
  - { id: late, scene: B, at: "21:00", duration: 1h }`
    const { first } = await begun(text, 30_000)
    first.clock.setWall(60 * minute)
    first.clock.advance(minute)
    await first.written()
    const { state, next } = await reborn(first, minute, text)
    expect(next.orchestrator.wallOffset()).toBe(0)
    expect(state().cue?.endsAt).toBe(Date.UTC(2026, 11, 4, 21))
    next.clock.setWall(-5 * minute)
    next.clock.advance(minute)
    expect(next.orchestrator.wallOffset()).toBe(-5 * minute)
  })

  it('knows how far the wall clock is from its own from the beginning', async () => {
    const { first } = await begun(evening, 30_000)
    const clock = bornLater(first.clock, minute)
    clock.setWall(30_000)
    const next = await live(await first.kill(), schedule(evening), { clock })
    const { orchestrator } = next
    expect(orchestrator.wallOffset()).toBe(30_000)
    // Two minutes after the start on the wall clock.
    expect(orchestrator.currentState().cue).toMatchObject({ id: 'three', enteredAt: clock.now() })
    clock.setWall(-30_000)
    clock.advance(1000)
    expect(orchestrator.wallOffset()).toBe(0)
  })

  it('plays no time if the wall clock is behind the last one', async () => {
    const { first } = await begun(evening, 20)
    await until('the checkpoint', () => first.folder.checkpoint())
    first.clock.advance(29_980)
    await until('a sign of life', () => first.folder.aliveAt(seven + 30_000))
    const { state, next } = await reborn(first, -60 * minute)
    const { cue } = state()
    expect(cue).toMatchObject({ id: 'one' })
    expect(Math.abs((cue?.endsAt ?? 0) - next.clock.now() - 30_000)).toBeLessThan(1100)
    expect(next.orchestrator.wallOffset()).toBe(0)
  })
})

describe('the acts of a show whose process was killed', () => {
  const text = `
cues:
  - id: one
    scene: A
    duration: 10m
    actions: [startRecord, { do: saveReplay, after: 40s }, { do: startVirtualCam, after: 55s }]`

  it('are done if they were due in the last 10 s; each older one is a problem; none is repeated', async () => {
    const { first, obs } = await begun(text, 30_000)
    await until('the act', () => obs.acts.length === 1)
    const { state } = await reborn(first, 30_000, text, obs)
    await until('the acts', () => obs.acts.length === 2)
    expect(obs.acts).toEqual(['startRecord', 'startVirtualCam'])
    expect(state().problems).toMatchObject([
      { code: 'actMissed', message: expect.stringMatching(/^saveReplay was due/) },
    ])
  })

  it('are done if the journal has their event but does not say that they were due', async () => {
    for (const away of [1000, 30_000]) {
      const { first } = await begun(text, 20)
      const folder = await first.kill()
      await rm(join(folder, 'checkpoint.json'), { force: true })
      const lines = (await readFile(join(folder, 'journal.jsonl'), 'utf8')).split('\n')
      const withoutActs = lines.filter((line) => !line.includes('actDue'))
      expect(withoutActs.length).toBe(lines.length - 1)
      await writeFile(join(folder, 'journal.jsonl'), withoutActs.join('\n'))
      const obs = newObs()
      const next = await live(folder, schedule(text), { obs, clock: bornLater(first.clock, away) })
      await next.written()
      await until('the act or the problem', () => obs.acts.length > 0 || away > 10_000)
      expect([obs.acts, next.orchestrator.currentState().problems.map(({ code }) => code)]).toEqual(
        away < 10_000 ? [['startRecord'], []] : [[], ['actMissed']],
      )
    }
  })
})

describe('the as-run log of a show whose process was killed', () => {
  it('gets the lines that were not written, once', async () => {
    const { first } = await begun(evening, 3 * minute)
    const folder = await first.kill()
    await rm(join(folder, 'checkpoint.json'), { force: true })
    const whole = await logIn(folder)
    const text = await readFile(join(folder, 'as-run.jsonl'), 'utf8')
    await writeFile(join(folder, 'as-run.jsonl'), text.split('\n').slice(0, 2).join('\n'))
    for (let kills = 0; kills < 2; kills++) {
      const next = await live(folder, schedule(evening), { clock: bornLater(first.clock, 1000) })
      await next.written()
      expect((await logIn(folder)).slice(0, whole.length)).toEqual(whole)
      expect((await logIn(folder)).filter((line) => !line.startsWith('four'))).toEqual(whole.slice(0, 3))
    }
  })

  it('has the take that was on air but not confirmed', async () => {
    const { first, obs } = await begun(evening, 30_000)
    obs.answers = false
    first.clock.advance(30_000)
    await first.written()
    obs.answers = true
    const { folder, next } = await reborn(first, 1000, evening, obs)
    await next.written()
    expect(await logIn(folder)).toEqual(['one A command onAir', 'two B schedule already'])
  })
})

describe('a checkpoint that is of no use', () => {
  const change = (text: string, changes: object) => JSON.stringify({ ...JSON.parse(text), ...changes })

  it.each([
    ['cut off', (text: string) => text.slice(0, 300), 'is damaged'],
    ['full of rubbish', () => '\0\0\0\0', 'is damaged'],
    ['without a show', (text: string) => change(text, { checkpoint: { mode: 'running' } }), 'is damaged'],
    [
      'on a cue that does not exist',
      (text: string) => text.replace('"index":0', '"index":99'),
      'is damaged (the show is on without a cue)',
    ],
    [
      'from a newer version',
      (text: string) => change(text, { version: 2, checkpoint: 'new' }),
      'comes from a newer version',
    ],
  ])('because it is %s is set aside, and the journal is used', async (_, broken, why) => {
    const { first } = await begun(evening, 30_000)
    await until('the checkpoint', () => first.folder.checkpoint())
    const folder = await first.kill()
    const path = join(folder, 'checkpoint.json')
    const content = broken(await readFile(path, 'utf8'))
    await writeFile(path, content)
    const next = await live(folder, schedule(evening), { clock: bornLater(first.clock, minute) })
    expect(next.problems).toEqual([expect.stringContaining(why)])
    expect(next.orchestrator.currentState()).toMatchObject({ mode: 'running', cue: { id: 'two' } })
    const aside = (await readdir(folder)).filter((name) => name.includes('aside'))
    expect(next.problems[0]).toContain(aside[0])
    expect(await readFile(join(folder, aside[0] ?? ''), 'utf8')).toBe(content)
  })

  it('because it belongs to another schedule is set aside, and the show begins anew', async () => {
    const { first } = await begun(evening, 30_000)
    await until('the checkpoint', () => first.folder.checkpoint())
    const folder = await first.kill()
    const another = schedule('cues: [{ scene: X, duration: 1m }]')
    const next = await live(folder, another, { clock: bornLater(first.clock, minute), file: '/another.yaml' })
    expect(next.problems).toHaveLength(2)
    expect(next.problems[0]).toContain('belongs to another schedule, /show.yaml')
    expect(next.orchestrator.currentState()).toMatchObject({ mode: 'idle', cue: null })
  })

  it('does not keep the show from beginning anew if the journal is of no use either', async () => {
    const { first } = await begun(evening, 30_000)
    await until('the checkpoint', () => first.folder.checkpoint())
    const folder = await first.kill()
    for (const name of ['checkpoint.json', 'journal.jsonl']) await writeFile(join(folder, name), 'rubbish\n')
    const next = await live(folder, schedule(evening), { clock: bornLater(first.clock, minute) })
    expect(next.orchestrator.currentState()).toMatchObject({ mode: 'idle' })
  })

  it('is the schedule’s own if the file was moved but says the same', async () => {
    const { first } = await begun(evening, 30_000)
    const folder = await first.kill()
    const next = await live(folder, schedule(evening), { clock: bornLater(first.clock, minute), file: '/moved.yaml' })
    expect(next.goesOn).toBe(true)
  })
})
