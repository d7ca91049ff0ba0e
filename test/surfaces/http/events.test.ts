import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { MOST_CLIENTS } from '../../../src/surfaces/http/eventStreams.ts'
import { bearer, listen, type SentEvent, serve, socketTo, TOKEN, VIEW_TOKEN } from '../../support/httpServer.ts'
import { until } from '../../support/until.ts'

const show = 'cues: [{ scene: A, duration: 10s }, { scene: B, duration: 20s }]'
const withSeq = (seq: number) => (event: SentEvent) => event.id === String(seq)

describe('the event stream', () => {
  it('begins with the present state, whole and with the clock of the server', async () => {
    const served = await serve(show)
    const { clock, state } = served
    clock.advance(5000)
    const stream = await listen(served)
    const { id, data } = await stream.next('state')
    expect(id).toBe(String(state().seq))
    expect(data).toEqual({ now: clock.now(), state: JSON.parse(JSON.stringify(state())) })
    expect(stream.events[0]?.name).toBe('state')
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(stream.response.headers['content-encoding']).toBeUndefined()
  })

  it('has each change, with its seq as id', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    await stream.next('state')
    served.orchestrator.start()
    await stream.next('state', withSeq(served.state().seq))
    served.wait('10s')
    const { data } = await stream.next('state', withSeq(served.state().seq))
    expect(data.state.cue.id).toBe('b')
  })

  it('of many states of one instant sends only the last', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    await stream.next('state')
    const before = served.state().seq
    for (let i = 0; i < 50; i++) served.orchestrator.forceScene(`S${i}`)
    const { seq } = served.state()
    await stream.next('state', withSeq(seq))
    expect(seq - before).toBeGreaterThan(50)
    expect(stream.events.filter(({ name }) => name === 'state')).toHaveLength(2)
  })

  it('has each line of the as-run log as the file has it', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    served.orchestrator.start()
    expect((await stream.next('take')).data).toMatchObject({
      ...{ cue: 'a', scene: 'A', cause: 'command', plannedAt: '2026-03-02T12:00:00.000Z', outcome: 'onAir' },
    })
  })

  it('says every second that it is alive', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    await stream.next('state')
    served.clock.advance(1000)
    served.clock.advance(1000)
    const last = served.clock.now()
    await stream.next('alive', ({ data }) => data.now === last)
    const alive = stream.events.filter(({ name }) => name === 'alive').map(({ data }) => data)
    expect(alive).toEqual([{ now: last - 1000 }, { now: last }])
  })

  it('tells who listens, with the role and the page of each, whenever that changes', async () => {
    const served = await serve(show, { access: 'tokens' })
    const operator = await listen(served, { query: '?page=operator', headers: bearer(TOKEN) })
    const since = served.clock.now()
    expect((await operator.next('clients')).data).toEqual({ clients: [{ page: 'operator', role: 'operate', since }] })
    served.clock.advance(500)
    const presenter = await listen(served, { query: '?page=presenter', headers: bearer(VIEW_TOKEN) })
    const both = await operator.next('clients', ({ data }) => data.clients.length === 2)
    expect(both.data.clients[1]).toEqual({ page: 'presenter', role: 'view', since: since + 500 })
    await presenter.next('clients')
    served.clock.advance(500)
    presenter.close()
    await until('the list without the presenter', () => {
      served.clock.advance(100)
      return operator.events.filter(({ name }) => name === 'clients').at(-1)?.data.clients.length === 1
    })
  })

  it('does not name a page that it does not know', async () => {
    const served = await serve(show)
    const stream = await listen(served, { query: '?page=%3Cscript%3E' })
    expect((await stream.next('clients')).data.clients).toMatchObject([{ page: null }])
  })

  it('sends the list of a crowd that comes at once only now and then', async () => {
    const served = await serve(show)
    const first = await listen(served)
    await first.next('clients')
    for (let i = 0; i < 20; i++) await listen(served)
    served.clock.advance(100)
    await first.next('clients', ({ data }) => data.clients.length === 21)
    expect(first.events.filter(({ name }) => name === 'clients')).toHaveLength(2)
  })
})

describe('a slow client', () => {
  const problem = (i: number) =>
    ({ type: 'problems', code: 'big', found: [{ message: `${i} ${'x'.repeat(200_000)}` }] }) as const
  /** More than the buffers of the system hold. */
  const flood = async ({ report }: Awaited<ReturnType<typeof serve>>) => {
    for (let i = 0; i < 60; i++) {
      report(problem(i))
      await turn()
    }
  }

  it('gets the latest state when it reads again, and none in between', async () => {
    const served = await serve(show)
    const slow = await listen(served)
    const quick = await listen(served)
    await slow.next('state')
    slow.response.pause()
    await flood(served)
    served.orchestrator.start()
    const { seq } = served.state()
    await quick.next('state', withSeq(seq))
    slow.response.resume()
    await slow.next('state', withSeq(seq))
    const count = (stream: typeof slow) => stream.events.filter(({ name }) => name === 'state').length
    expect(count(slow)).toBeLessThan(count(quick))
    expect(slow.events.filter(({ name }) => name === 'take')).toHaveLength(1)
  })

  it('is dropped when it has taken nothing for ten seconds; the others go on', async () => {
    const served = await serve(show)
    const dead = await listen(served)
    const quick = await listen(served)
    await dead.next('state')
    dead.response.pause()
    await flood(served)
    served.report({ type: 'problems', code: 'big', found: [] })
    await quick.next('state', withSeq(served.state().seq))
    served.clock.advance(9000)
    served.clock.advance(2000)
    dead.response.resume()
    await dead.ended
    served.clock.advance(1000)
    const last = served.clock.now()
    await quick.next('alive', ({ data }) => data.now === last)
    await quick.next('clients', ({ data }) => data.clients.length === 1)
  })
})

describe('too many clients', () => {
  it('are turned away with 503 and a sentence, and the others go on', async () => {
    const served = await serve(show)
    const first = await listen(served)
    const others = []
    for (let i = 1; i < MOST_CLIENTS; i++) others.push(await listen(served))
    const { status, text } = await served.raw('/api/v1/events')
    expect({ status, text }).toEqual({
      ...{ status: 503, text: '{"message":"512 clients listen already: close a page that nobody needs"}' },
    })
    served.orchestrator.start()
    await first.next('state', withSeq(served.state().seq))
    others[0]?.close()
    await until('a free place', async () => (await listen(served)).status === 200)
  })
})

describe('when the show closes', () => {
  it('the streams end and the port is free', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    await stream.next('state')
    served.orchestrator.start()
    const { seq } = served.state()
    await served.close()
    await stream.ended
    expect(stream.events.some(withSeq(seq))).toBe(true)
    await expect(served.raw('/healthz')).rejects.toThrow('ECONNREFUSED')
  })

  it('nobody who is in the middle of a request holds that up', async () => {
    const served = await serve(show)
    const sockets = await Promise.all([socketTo(served), socketTo(served), socketTo(served)])
    const gone = sockets.map((socket) => once(socket, 'close'))
    sockets[0]?.write('GET / HTTP/1.1\r\nHost: ')
    sockets[1]?.write('POST /api/v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{')
    expect((await served.raw('/healthz')).status).toBe(200)
    await served.close()
    await Promise.all(gone)
  })
})
