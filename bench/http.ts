import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { controlOf } from '../src/orchestrator/control.ts'
import type { Orchestrator } from '../src/orchestrator/orchestrator.ts'
import { startHttp } from '../src/surfaces/http/server.ts'
import { systemClock } from '../src/time/systemClock.ts'
import { silentLog } from '../src/values/log.ts'
import { passes, spreads } from './passes.ts'
import { runningShow } from './stage.ts'
import { type Row, shown, shownSpread } from './table.ts'

const samplesAPass = 100

/** What the HTTP server takes, with its clients in the same process. */
export async function http(): Promise<Row[]> {
  const rows: Row[] = []
  for (const count of [1, 100]) {
    rows.push({
      what: `command → the last of ${count} event streams`,
      measured: shownSpread(await toStreams(count), 'ms'),
      goal: count === 100 ? 'p99 ≤ 10 ms' : '',
      comparison: '',
    })
  }
  return [...rows, ...(await schedules())]
}

async function toStreams(count: number) {
  const orchestrator = runningShow(100)
  const server = await serverOf(orchestrator)
  let awaited = -1
  let left = 0
  let done = () => {}
  const sockets = await Promise.all(
    Array.from({ length: count }, () =>
      streamTo(server.url, (text) => {
        if (!text.includes(`id: ${awaited}\n`)) return
        left--
        if (left === 0) done()
      }),
    ),
  )
  const spread = await spreads(async () => {
    const samples = new Float64Array(samplesAPass)
    for (let i = 0; i < samples.length; i++) {
      await pause(2)
      left = count
      const reached = new Promise<void>((resolve) => {
        done = resolve
      })
      const began = performance.now()
      if (i % 2 === 0) orchestrator.forceScene('BRB')
      else orchestrator.release()
      awaited = orchestrator.currentState().seq
      await reached
      samples[i] = performance.now() - began
    }
    return samples
  }, 5)
  for (const socket of sockets) socket.destroy()
  await server.close()
  await orchestrator.close()
  return spread
}

async function schedules(): Promise<Row[]> {
  const orchestrator = runningShow(10_000)
  const server = await serverOf(orchestrator)
  const read = async () => {
    const began = performance.now()
    await (await fetch(`${server.url}api/v1/schedule`)).arrayBuffer()
    return performance.now() - began
  }
  const anew = await passes(() => {
    orchestrator.extend('1s')
    return read()
  })
  const again = await passes(read)
  const command = await passes(async () => {
    const began = performance.now()
    await (await fetch(`${server.url}api/v1/commands/extend?by=1s`, { method: 'POST' })).arrayBuffer()
    return performance.now() - began
  })
  await server.close()
  await orchestrator.close()
  const row = (what: string, measured: readonly number[]): Row => ({
    ...{ what, measured: shown(measured, 'ms'), goal: '', comparison: '' },
  })
  return [
    row('GET the schedule of 10 000 cues, after a change', anew),
    row('the same again', again),
    row('POST a command, with its answer', command),
  ]
}

const serverOf = (orchestrator: Orchestrator) =>
  startHttp(
    { host: '127.0.0.1', port: 0, access: { kind: 'open' }, pages: '' },
    {
      ...{ control: controlOf(orchestrator), clock: systemClock(), log: silentLog, takeJson: JSON.stringify },
      asRunLines: async () => [],
      obsFigures: async () => null,
    },
  )

/** Opens the event stream and calls `hear` with what comes. */
async function streamTo(url: string, hear: (text: string) => void) {
  const { host, hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.setNoDelay(true).setEncoding('utf8')
  socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await once(socket, 'data')
  socket.on('data', hear)
  return socket
}
