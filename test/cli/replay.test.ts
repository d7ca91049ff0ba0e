import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replay } from '../../src/cli/replay.ts'
import { createOrchestrator } from '../../src/orchestrator/orchestrator.ts'
import { checkSchedule } from '../../src/schedule/check.ts'
import { createRecorder } from '../../src/store/recorder.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { freshFolder } from '../store/folders.ts'

const written = () => {
  const out: string[] = []
  const err: string[] = []
  return { out, err, io: { stdout: (line: string) => out.push(line), stderr: (line: string) => err.push(line) } }
}

const scheduleOf = (document: object) => {
  const { schedule, problems } = checkSchedule({ version: 1, timezone: 'Europe/Berlin', ...document })
  if (schedule === undefined) throw new Error(problems[0]?.message)
  return schedule
}

const evening = scheduleOf({
  loop: true,
  fallback: 'Technical Issues',
  filler: 'Standby',
  policies: { manualSwitch: 'adopt', streamLost: 'pause', streamGrace: '5s' },
  scenes: { BRB: { actions: [{ mute: 'Desk Mic' }] } },
  cues: [
    { scene: 'One', duration: '1m', actions: ['startRecord', { show: 'Lower Third', after: '10s', for: '8s' }] },
    { scene: 'Two', media: 'Film', duration: '2m' },
    { scene: 'Three', duration: '1m', hold: true },
    { id: 'gone', scene: 'Four', duration: '5m' },
    { scene: 'Five', duration: '1m' },
  ],
  recurring: [{ every: '7m', scene: 'Ident', duration: '10s' }],
})
const shorter = scheduleOf({
  cues: [
    { scene: 'Three', duration: '1m' },
    { scene: 'Five', duration: '3m' },
  ],
})
const scenes = ['One', 'Two', 'Three', 'Four', 'Five', 'BRB', 'Ident', 'Standby', 'Technical Issues']
const obs = { version: '30.2.3', websocket: '5.5.2', platform: 'ubuntu' }

/** An evening in which much happens, written to a journal whose files have this size. */
async function eventfulEvening(journalSize?: number): Promise<string> {
  const folder = await freshFolder()
  const clock = manualClock(Date.UTC(2026, 11, 4, 19))
  let offset = 0
  const show = createOrchestrator({
    clock,
    onEffect: ({ takeId, wanted }) => {
      if (wanted === null || takeId === confirmed) return
      confirmed = takeId
      clock.setTimer(clock.now() + 20, () => {
        show.send({ type: 'confirmed', takeId, sentAt: clock.now() - 15, already: false })
      })
    },
  })
  let confirmed = 0
  const recorder = createRecorder({
    folder,
    clock,
    file: '/show.yaml',
    checkpoint: show.checkpoint,
    asRunWritten: () => Promise.resolve(),
    wallOffset: () => offset,
    onProblem: { journal: () => {}, checkpoint: () => {} },
    ...(journalSize !== undefined && { journalSize }),
  })
  show.onJournal((entry) => {
    if (entry.event.type === 'clock') offset = entry.event.offset
    recorder.record(entry)
  })
  const minutes = (length: number) => clock.advance(length * 60_000)

  show.configure(evening)
  show.send({ type: 'link', phase: 'connecting' })
  show.send({ type: 'scenes', scenes })
  show.send({ type: 'link', phase: 'up', obs, restarted: null, program: 'BRB' })
  show.resume()
  show.start()
  minutes(0.5)
  show.forceScene('BRB', { until: '45s' })
  minutes(1)
  show.send({ type: 'mediaPlaying', input: 'Film', remaining: 50_000 })
  minutes(0.5)
  show.send({ type: 'mediaEnded', input: 'Film' })
  minutes(2)
  show.extend('30s')
  show.hold()
  show.extend('not a duration')
  show.send({ type: 'seen', scene: 'Standby', by: 'operator' })
  minutes(1)
  show.next()
  show.updateStreamStatus('live')
  minutes(1)
  show.updateStreamStatus('reconnecting')
  minutes(1)
  show.updateStreamStatus('live')
  clock.setWall(3_600_000)
  minutes(1)
  clock.sleep(90_000)
  minutes(1)
  show.send({ type: 'sceneRenamed', from: 'Four', to: 'Vier' })
  show.goTo('gone')
  minutes(0.5)
  show.send({ type: 'scenes', scenes: scenes.slice(1) })
  show.configure(shorter)
  show.pause()
  minutes(1)
  show.forceScene('BRB', { toggle: true, pause: false })
  show.resume()
  minutes(8)
  show.send({ type: 'link', phase: 'down' })
  show.stop()
  show.reset()
  show.start({ cue: 'five' })
  minutes(5)
  await show.close()
  await recorder.close()
  return folder
}

describe('replay', () => {
  it('reaches the same states again', async () => {
    const file = join(await eventfulEvening(), 'journal.jsonl')
    const { io, out, err } = written()
    expect({ code: await replay(file, io), out, err }).toMatchObject({ code: 0, err: [] })
    const events = (await readFile(file, 'utf8')).split('\n').length - 2
    expect(events).toBeGreaterThan(45)
    expect(out).toEqual([`${file}: ${events} events from 1 checkpoint, all with the recorded result`])
  })

  it.each([
    ['each event', 1, 45],
    ['some events', 7000, 1],
  ])('goes on from a checkpoint taken after %s', async (_, journalSize, most) => {
    const folder = await eventfulEvening(journalSize)
    const files = await readdir(folder)
    expect(files.length).toBeGreaterThan(most)
    for (const file of files) {
      const { io, out, err } = written()
      expect({ code: await replay(join(folder, file), io), out, err }).toMatchObject({ code: 0, err: [] })
    }
  })

  it('stops at the first line with another result, and shows both results', async () => {
    const file = join(await eventfulEvening(), 'journal.jsonl')
    const lines = (await readFile(file, 'utf8')).split('\n')
    const number = lines.findIndex((line) => line.includes('"mode":"paused"')) + 1
    lines[number - 1] = lines[number - 1]?.replace('"mode":"paused"', '"mode":"stopped"') ?? ''
    await writeFile(file, lines.join('\n'))
    const { io, out } = written()
    expect(await replay(file, io)).toBe(1)
    expect(out).toHaveLength(3)
    expect(out[0]).toContain(`${file}:${number}: `)
    expect(out[1]).toMatch(/^recorded: .*"mode":"stopped"/)
    expect(out[2]).toMatch(/^replayed: .*"mode":"paused"/)
  })

  it('notices a missing event', async () => {
    const file = join(await eventfulEvening(), 'journal.jsonl')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, lines.filter((line) => !line.includes('"type":"extend","by":"30s"')).join('\n'))
    expect(await replay(file, written().io)).toBe(1)
  })

  it('leaves out half a line that a killed process left', async () => {
    const file = join(await eventfulEvening(), 'journal.jsonl')
    await writeFile(file, `${await readFile(file, 'utf8')}{"seq":99,"at":"2026-`)
    const { io, err } = written()
    expect(await replay(file, io)).toBe(0)
    expect(err).toEqual([expect.stringContaining('this line is incomplete')])
  })

  it.each([
    ['a checkpoint', '"show":{', '"show":null,"was":{'],
    ['a schedule', '"cues":[', '"cues":null,"were":['],
  ])('names the line of %s that is damaged', async (_, intact, damaged) => {
    const file = join(await eventfulEvening(), 'journal.jsonl')
    const lines = (await readFile(file, 'utf8')).split('\n')
    const number = lines.findIndex((line) => line.includes(intact)) + 1
    expect(number).toBeGreaterThan(0)
    lines[number - 1] = lines[number - 1]?.replace(intact, damaged) ?? ''
    await writeFile(file, lines.join('\n'))
    const { io, err } = written()
    expect(await replay(file, io)).toBe(2)
    expect(err).toEqual([expect.stringContaining(`${file}:${number}: this line is damaged`)])
  })

  it('says what is wrong with a file that is missing or not a journal', async () => {
    const folder = await freshFolder()
    await writeFile(
      join(folder, 'other.jsonl'),
      '{"seq":1,"at":"2026-12-04T19:00:00.000Z","event":{"type":"stop"},"changed":{}}\n',
    )
    await writeFile(join(folder, 'bin.yaml'), '\u0000x\n'.repeat(100))
    for (const name of ['other.jsonl', 'missing.jsonl', 'bin.yaml']) {
      const { io, err } = written()
      expect(await replay(join(folder, name), io)).toBe(2)
      expect(err).toHaveLength(1)
    }
  })
})
