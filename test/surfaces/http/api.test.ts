import { describe, expect, it } from 'vitest'
import { OPERATOR_COMMANDS } from '../../../src/commands/table.ts'
import { serve } from '../../support/httpServer.ts'

const show = 'title: Show\ncues: [{ scene: A, duration: 10s }, { scene: B, duration: 20s }]\n'

describe('reading', () => {
  it('the state gives the snapshot', async () => {
    const { raw, state } = await serve(show)
    const { status, headers, text } = await raw('/api/v1/state')
    expect({ status, type: headers['content-type'], caching: headers['cache-control'] }).toEqual({
      ...{ status: 200, type: 'application/json', caching: 'no-store' },
    })
    expect(text).toBe(JSON.stringify(state()))
  })

  it('the scenes gives null until OBS has told them', async () => {
    const { raw, report } = await serve(show)
    expect((await raw('/api/v1/scenes')).json()).toEqual({ scenes: null })
    report({ type: 'scenes', scenes: ['B', 'A'] })
    expect((await raw('/api/v1/scenes')).json()).toEqual({ scenes: ['B', 'A'] })
  })

  it('the commands says what each takes and where it is allowed', async () => {
    const { raw } = await serve(show)
    const { commands } = (await raw('/api/v1/commands')).json()
    expect(commands.map(({ type }: { type: string }) => type)).toEqual(OPERATOR_COMMANDS)
    const named = (name: string) => commands.find(({ type }: { type: string }) => type === name)
    expect(named('goTo')).toMatchObject({
      does: 'goes to that cue, from its top or from an offset into it',
      arguments: { cue: { required: true, schema: { type: 'string' } }, offset: { required: false } },
      modes: ['running', 'paused'],
    })
    expect(named('resume').modes).toEqual(['paused'])
    expect(named('stop').modes).toEqual(['idle', 'running', 'paused'])
    expect(named('forceScene').modes).toHaveLength(6)
    expect(named('start').modes).toEqual(['idle', 'stopped', 'finished'])
  })

  it('the as-run log gives its last lines as they are in the file, or as CSV', async () => {
    const { raw, orchestrator, wait } = await serve(show)
    expect((await raw('/api/v1/as-run')).json()).toEqual([])
    orchestrator.start()
    wait('10s')
    const [first, second] = (await raw('/api/v1/as-run')).json()
    expect(first).toMatchObject({ cue: 'a', scene: 'A', cause: 'command', plannedAt: '2026-03-02T12:00:00.000Z' })
    expect((await raw('/api/v1/as-run?last=1')).json()).toEqual([second])
    const csv = await raw('/api/v1/as-run?format=csv')
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      'cue,title,scene,cause,plannedAt,sentAt,confirmedAt,errorMs,how,errorFrames,outcome,reason',
      'a,A,A,command,2026-03-02T12:00:00.000Z,2026-03-02T12:00:00.000Z,2026-03-02T12:00:00.000Z,0,plain,,onAir,',
    ])
    for (const query of ['last=0', 'last=x', 'last=-1', 'format=xml'])
      expect((await raw(`/api/v1/as-run?${query}`)).status).toBe(400)
  })

  it('healthz and readyz say whether the process lives and whether OBS is connected', async () => {
    const { raw, report } = await serve(show)
    expect(await raw('/healthz')).toMatchObject({ status: 200, text: 'ok' })
    expect(await raw('/readyz')).toMatchObject({ status: 200 })
    report({ type: 'link', phase: 'down' })
    expect(await raw('/readyz')).toMatchObject({ status: 503, text: 'the link to OBS is down' })
    expect(await raw('/healthz')).toMatchObject({ status: 200, text: 'ok' })
  })

  it('nothing gives 404 with a sentence', async () => {
    const { raw } = await serve(show)
    for (const path of ['/nothing', '/api/v1', '/api/v1/state/', '/api/v2/state', '/%', '/%ff'])
      expect(await raw(path)).toMatchObject({ status: 404, text: expect.stringContaining('there is nothing at /') })
    const without = await serve(show, { pages: {} })
    expect((await without.raw('/')).json()).toEqual({ message: 'the pages are not built: run `npm run build`' })
  })

  const reads = [
    ...['/api/v1/state', '/api/v1/schedule', '/api/v1/scenes', '/api/v1/as-run', '/api/v1/commands', '/healthz'],
    ...['/readyz', '/metrics', '/api/v1/openapi.json', '/', '/presenter', '/overlay', '/screens', '/logo.svg'],
  ]

  it('answers HEAD as GET, without a body', async () => {
    const { raw } = await serve(show)
    for (const path of [...reads, '/api/v1/events'])
      expect(await raw(path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  it('refuses other methods with a sentence that says which to use', async () => {
    const { raw, state } = await serve(show)
    const before = state()
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      for (const path of [...reads, '/api/v1/events']) {
        if (method === 'POST' && path === '/api/v1/commands') continue
        const { status, headers, text } = await raw(path, { method })
        expect({ path, status }).toEqual({ path, status: 405 })
        expect(headers.allow).toContain('GET, HEAD')
        expect(JSON.parse(text).message).toBe(`${method} does nothing here: use ${headers.allow}`)
      }
    expect(state()).toBe(before)
  })

  it('changes nothing, whatever is read', async () => {
    const { raw, orchestrator, state, journal } = await serve(show)
    orchestrator.start()
    const [before, entries] = [state(), journal.length]
    const commands = OPERATOR_COMMANDS.map((type) => `/api/v1/commands/${type}?scene=BRB&cue=b&by=5s`)
    for (const method of ['GET', 'HEAD']) {
      for (const path of reads) await raw(`${path}?type=next&toggle=true`, { method })
      for (const path of commands) expect((await raw(path, { method })).status).toBe(405)
      await raw('/api/v1/commands', { method, body: '{"type":"next"}' })
    }
    expect(state()).toBe(before)
    expect(journal).toHaveLength(entries)
  })
})

describe('a page', () => {
  it('is served with its files, and only a file with a hash in its name is kept by the browser', async () => {
    const { raw } = await serve(show)
    expect(await raw('/overlay')).toMatchObject({ status: 200, text: expect.stringContaining('overlay') })
    for (const page of ['/', '/presenter', '/screens'])
      expect(await raw(page)).toMatchObject({ status: 200, text: expect.stringContaining('operator') })
    const page = await raw('/')
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'self';.*frame-ancestors 'self'$/)
    expect((await raw('/assets/index-4f9aB1c2.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    })
  })
})

describe('a command', () => {
  it('is carried out and answered with the state that it led to', async () => {
    const { post, state } = await serve(show)
    const started = await post({ type: 'start' })
    expect(started.status).toBe(200)
    expect(started.json()).toEqual({ accepted: true, seq: state().seq, state: JSON.parse(JSON.stringify(state())) })
    expect((await post({ type: 'forceScene', scene: 'BRB', until: '30s' })).json()).toMatchObject({
      accepted: true,
      state: { override: { scene: 'BRB' } },
    })
  })

  it('can be pressed without a body, with its arguments in the address', async () => {
    const { raw, state } = await serve(show)
    const press = (path: string) => raw(`/api/v1/commands/${path}`, { method: 'POST' })
    expect(await press('start?cue=b')).toMatchObject({ status: 200 })
    expect(state().cue?.id).toBe('b')
    expect(await press('forceScene?scene=Be%20right%20back&toggle=true&transition=Fade%20300ms')).toMatchObject({
      status: 200,
    })
    expect(state().override?.scene).toBe('Be right back')
    await press('forceScene?scene=Be+right+back&toggle=true')
    expect(state().override).toBeNull()
    await press('forceScene?scene=true&toggle=false')
    expect(state().override?.scene).toBe('true')
    expect(await press('extend?by=-5s')).toMatchObject({ status: 200 })
  })

  it('that is refused gives 409 with the reason', async () => {
    const { post } = await serve(show)
    const refused = await post({ type: 'next' })
    expect(refused.status).toBe(409)
    expect(refused.json()).toEqual({
      ...{ accepted: false, reason: 'notRunning', message: 'The show is not running; start it first.' },
    })
    await post({ type: 'start' })
    expect(await post({ type: 'next', ifCue: 'b' })).toMatchObject({ status: 409 })
    expect((await post({ type: 'goTo', cue: 'c' })).json()).toMatchObject({ reason: 'unknownCue' })
  })

  it('with an argument that is wrong only as things stand is invalid, too', async () => {
    const { post } = await serve(show)
    const { status, json } = await post({ type: 'forceScene', scene: 'A', until: 'cueEnd' })
    expect({ status, ...json() }).toMatchObject({ status: 400, accepted: false, reason: 'invalid' })
  })

  it('may come in pieces, without its length', async () => {
    const { raw, state } = await serve(show)
    const headers = { 'Transfer-Encoding': 'chunked' }
    expect(await raw('/api/v1/commands', { method: 'POST', headers, body: '{"type":"start"}' })).toMatchObject({
      status: 200,
    })
    expect(state().mode).toBe('running')
  })

  it.each([
    ['no JSON', 'next'],
    ['half of it', '{"type":"next"'],
    ['nothing', ''],
    ['a list', '[{"type":"next"}]'],
    ['a text', '"next"'],
    ['null', 'null'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"dance"}'],
    ['an unknown argument', '{"type":"next","fast":true}'],
    ['a wrong argument', '{"type":"forceScene","scene":"A","until":5}'],
    ['no required argument', '{"type":"goTo"}'],
    ['a schedule', '{"type":"configure","schedule":{}}'],
    ['a report of the stream', '{"type":"updateStreamStatus","phase":"live"}'],
    ['a name that every object has', '{"type":"constructor"}'],
    ['a prototype', '{"type":"next","__proto__":{"cue":"b"}}'],
    ['arguments that exclude each other', '{"type":"forceScene","scene":"A","until":"cueEnd","pause":true}'],
  ])('with %s is invalid', async (_, body) => {
    const { raw, state } = await serve(show)
    const before = state()
    const { status, json } = await raw('/api/v1/commands', { method: 'POST', body })
    expect({ status, ...json() }).toEqual({
      status: 400,
      accepted: false,
      reason: 'invalid',
      message: expect.any(String),
    })
    expect(state()).toBe(before)
  })

  it.each([
    'dance',
    'configure',
    'updateStreamStatus?phase=live',
    'next?fast=true',
    'goTo',
    '__proto__',
    'start?cue=a&cue=b',
    'next?type=stop',
    'forceScene?scene=A&toggle=yes',
  ])('in the address is invalid, too: %s', async (path) => {
    const { raw, state } = await serve(show)
    const before = state()
    const { status, json } = await raw(`/api/v1/commands/${path}`, { method: 'POST' })
    expect({ status, ...json() }).toMatchObject({ status: 400, accepted: false, reason: 'invalid' })
    expect(state()).toBe(before)
  })

  it('is a line of the log, with where it came from', async () => {
    const { post, raw, logged } = await serve(show)
    await post({ type: 'forceScene', scene: 'BRB', until: '30s', toggle: true })
    await raw('/api/v1/commands/next', { method: 'POST' })
    expect(logged).toEqual([
      '12:00:00.000 http: forceScene BRB, until 30s, toggle',
      '12:00:00.000 http: next',
      '12:00:00.000 warn next was refused: The show is not running; start it first.',
    ])
  })
})
