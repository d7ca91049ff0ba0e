import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { OPERATOR_COMMANDS } from '../../../src/commands/table.ts'
import { createLog } from '../../../src/surfaces/terminal/log.ts'
import { bearer, listen, type Served, serve, socketTo, TOKEN, VIEW_TOKEN } from '../../support/httpServer.ts'
import { until } from '../../support/until.ts'

const show = 'cues: [{ scene: A, duration: 10s }, { scene: B, duration: 20s }]'
const paths = [
  ...['/', '/presenter', '/overlay', '/screens', '/index.html', '/assets/index-4f9aB1c2.js', '/logo.svg', '/nothing'],
  ...['/healthz', '/readyz', '/metrics', '/api/v1/state', '/api/v1/schedule', '/api/v1/scenes', '/api/v1/as-run'],
  ...['/api/v1/commands', '/api/v1/events', '/api/v1/openapi.json', '/api/v1/nothing', '//', '/%2e%2e/', '/%ff'],
  ...OPERATOR_COMMANDS.map((type) => `/api/v1/commands/${type}?scene=A&cue=b&by=5s`),
]
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']

describe('where a token is needed', () => {
  it('every path and every method gives 401 without one, and with a wrong one', async () => {
    const { raw, state } = await serve(show, { access: 'tokens' })
    const before = state()
    for (const path of paths)
      for (const method of methods) {
        const { status, headers } = await raw(path, { method })
        expect({ path, method, status }).toEqual({ path, method, status: 401 })
        expect(headers['www-authenticate']).toBe('Bearer')
      }
    for (const path of paths)
      for (const authorization of ['Bearer wrong', `Basic ${TOKEN}`, `Token ${TOKEN}`, TOKEN])
        expect((await raw(path, { headers: { Authorization: authorization } })).status).toBe(401)
    expect(state()).toBe(before)
  }, 60_000)

  it('the command is not carried out without one, in any way', async () => {
    const { post, raw, state, logged } = await serve(show, { access: 'tokens' })
    const before = state()
    expect((await post({ type: 'start' })).status).toBe(401)
    expect((await raw('/api/v1/commands/start', { method: 'POST' })).status).toBe(401)
    expect((await post({ type: 'start' }, bearer(VIEW_TOKEN))).status).toBe(403)
    expect((await raw(`/api/v1/commands/start?token=${TOKEN}`, { method: 'POST' })).status).toBe(401)
    expect(state()).toBe(before)
    expect(logged).toEqual([])
    expect((await post({ type: 'start' }, bearer(TOKEN))).status).toBe(200)
  })

  it('a view token reads everything', async () => {
    const { raw } = await serve(show, { access: 'tokens' })
    for (const path of ['/', '/metrics', '/api/v1/state', '/api/v1/openapi.json', '/assets/index-4f9aB1c2.js'])
      expect(await raw(path, { headers: bearer(VIEW_TOKEN) })).toMatchObject({ status: 200 })
  })

  it('a browser comes in with the token in the address, once, and stays in by its cookie', async () => {
    const served = await serve(show, { access: 'tokens' })
    const { raw, port } = served
    const first = await raw(`/overlay?token=${TOKEN}&size=2`)
    expect(first).toMatchObject({
      status: 303,
      headers: { location: '/overlay?size=2', 'referrer-policy': 'no-referrer' },
    })
    const [set = ''] = first.headers['set-cookie'] ?? []
    expect(set).toMatch(/; HttpOnly; SameSite=Strict/)
    expect(set).not.toMatch(/domain/i)
    const headers = { Cookie: set.split(';')[0] ?? '' }
    expect(headers.Cookie).toMatch(new RegExp(`^orchestrator-${port}=`))
    expect((await raw('/overlay?size=2', { headers })).status).toBe(200)
    expect((await raw('/api/v1/commands/start', { method: 'POST', headers })).status).toBe(200)
    const stream = await listen(served, { headers })
    expect((await stream.next('clients')).data.clients).toMatchObject([{ role: 'operate' }])
  })

  it("a cookie from a sibling host can't replace ours or be guessed", async () => {
    const { raw, port } = await serve(show, { access: 'tokens' })
    const [set = ''] = (await raw(`/?token=${TOKEN}`)).headers['set-cookie'] ?? []
    const [ours = ''] = set.split(';')
    const tossed = `orchestrator-${port}=${createHmac('sha256', 'a guess').update('x').digest('base64url')}`
    expect((await raw('/', { headers: { Cookie: `${tossed}; ${ours}` } })).status).toBe(200)
    expect((await raw('/', { headers: { Cookie: tossed } })).status).toBe(401)
    expect((await raw('/', { headers: { Cookie: `orchestrator-${port}=${TOKEN}` } })).status).toBe(401)
  })

  it('no token is ever in the log, in a redirect, or in a Referer', async () => {
    const { raw, post, logged } = await serve(show, { access: 'tokens' })
    const answers = [
      ...(await Promise.all(paths.map((path) => raw(`${path}${path.includes('?') ? '&' : '?'}token=${TOKEN}`)))),
      await raw(`/nothing?token=${TOKEN}`, { headers: bearer(TOKEN) }),
      await raw(`/api/v1/commands/next?token=${TOKEN}`, { method: 'POST', headers: bearer(TOKEN) }),
      await post({ type: 'next', token: TOKEN }, bearer(TOKEN)),
      await post({ type: 'start' }, bearer(TOKEN)),
    ]
    const said = answers.map(({ headers, text }) => JSON.stringify(headers) + text)
    expect([...said, ...logged].filter((text) => text.includes(TOKEN))).toEqual([])
    for (const { headers } of answers) expect(headers['referrer-policy']).toBe('no-referrer')
    expect(answers.map(({ headers }) => headers.location).filter((to) => to?.startsWith('//'))).toEqual([])
    expect(logged.length).toBeGreaterThan(0)
  })
})

describe('a page from elsewhere', () => {
  it.each(['http://evil.com', 'null', 'http://localhost:1', 'https://127.0.0.1'])(
    'with Origin %s gets nowhere',
    async (origin) => {
      for (const access of ['open', 'tokens'] as const) {
        const { post, raw, state } = await serve(show, { access })
        const before = state()
        const headers = { Origin: origin, ...bearer(TOKEN) }
        expect((await post({ type: 'start' }, headers)).status).toBe(403)
        expect((await raw('/api/v1/commands/start', { method: 'POST', headers })).status).toBe(403)
        for (const path of ['/api/v1/events', '/api/v1/state', '/', '/metrics'])
          expect((await raw(path, { headers })).status).toBe(403)
        expect(state()).toBe(before)
      }
    },
  )

  it('whose name was made to lead here (DNS rebinding) gets nowhere', async () => {
    const open = await serve(show)
    const guarded = await serve(show, { access: 'tokens' })
    const rebound = (port: number) => ({ Host: `evil.com:${port}`, Origin: `http://evil.com:${port}` })
    for (const path of paths)
      for (const method of ['GET', 'POST']) {
        expect((await open.raw(path, { method, headers: rebound(open.port) })).status).toBe(403)
        expect((await guarded.raw(path, { method, headers: rebound(guarded.port) })).status).toBe(401)
      }
    expect([open.state().mode, guarded.state().mode]).toEqual(['idle', 'idle'])
  })

  it('is told by no header that it may read', async () => {
    const { raw, port } = await serve(show)
    const { headers } = await raw('/api/v1/state', { headers: { Origin: `http://127.0.0.1:${port}` } })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers).toMatchObject({
      ...{ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' },
    })
  })
})

describe('the files of the pages', () => {
  it.each([
    ...['/../secret.txt', '/..%2fsecret.txt', '/..%5csecret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt'],
    ...[
      '/assets/..%2f..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/..\\secret.txt',
      '//secret.txt',
      '//../secret.txt',
    ],
    ...[
      '/./../secret.txt',
      '/%252e%252e/secret.txt',
      '/secret.txt',
      '/%00/secret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
    ],
    ...[
      '/assets%2findex-4f9aB1c2.js/../../secret.txt',
      '/....//secret.txt',
      '/etc/passwd',
      '/%2fetc%2fpasswd',
      '//etc/passwd',
    ],
    ...['/index.html/', '/assets/', '/assets', '/index.html%00.js', '/web/index.html', '/INDEX.HTML', '/package.json'],
  ])('are the only ones: %s', async (path) => {
    const { raw } = await serve(show)
    const { status, text } = await raw(path)
    expect([400, 404]).toContain(status)
    expect(text).not.toContain('secret\n')
    expect(text).not.toBe('secret')
  })

  it('are found by their plain path only, once it is decoded', async () => {
    const { raw } = await serve(show)
    expect((await raw('/%6cogo.svg')).status).toBe(200)
    expect((await raw('//logo.svg')).status).toBe(404)
  })
})

describe('a body', () => {
  const tooLong = JSON.stringify({ type: 'forceScene', scene: 'x'.repeat(64 * 1024) })

  it('over 64 KiB gives 413, whether its length is told before or not', async () => {
    const { raw, state } = await serve(show)
    const before = state()
    const headers = { 'Transfer-Encoding': 'chunked' }
    for (const more of [{}, { headers }])
      expect(await raw('/api/v1/commands', { method: 'POST', body: tooLong, ...more })).toMatchObject({
        ...{ status: 413, text: '{"message":"a command has at most 64 KiB"}' },
      })
    expect(state()).toBe(before)
    const longest = JSON.stringify({ type: 'forceScene', scene: 'x'.repeat(64 * 1024 - 50) })
    expect((await raw('/api/v1/commands', { method: 'POST', body: longest })).status).toBe(200)
  })

  it('that is broken off is carried out by nobody and logged by nobody', async () => {
    const served = await serve(show)
    const before = served.state()
    const socket = await socketTo(served)
    socket.write('POST /api/v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{"type":"start"}')
    expect((await served.raw('/healthz')).status).toBe(200)
    socket.resetAndDestroy()
    expect((await served.raw('/healthz')).status).toBe(200)
    expect(served.state()).toBe(before)
    expect(served.logged).toEqual([])
  })

  it('that claims to be endless is not waited for', async () => {
    const served = await serve(show)
    const socket = await socketTo(served)
    socket.write(
      `POST /api/v1/commands HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nContent-Length: 99999999999\r\n\r\n{`,
    )
    await until('the refusal', () => socket.said().startsWith('HTTP/1.1 413'))
  })

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: '],
    ['a body', 'POST /api/v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{"type"'],
  ])('a client that takes too long over its %s is cut off', async (_, begun) => {
    const served = await serve(show, { longestRequest: 1000 })
    const socket = await socketTo(served)
    const gone = once(socket, 'close')
    socket.write(begun)
    await gone
    expect(socket.said()).toMatch(/^(HTTP\/1.1 408|$)/)
    expect((await served.raw('/healthz')).status).toBe(200)
    expect(served.logged).toEqual([])
  })
})

describe('a client that leaves in the middle of an answer', () => {
  it('leaves no trace on stdout or stderr', async () => {
    const cues = Array.from({ length: 20_000 }, (_, i) => `{ scene: A, id: c${i}, duration: 10s }`)
    const served = await serve(`cues: [${cues.join(', ')}]`)
    const written: unknown[] = []
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(text) > 0),
    )
    const sockets = await Promise.all(Array.from({ length: 5 }, () => socketTo(served)))
    for (const socket of sockets) socket.write('GET /api/v1/schedule HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await until('the answers to begin', () => sockets.every((socket) => socket.said() !== ''))
    for (const socket of sockets) socket.resetAndDestroy()
    await until('the server to go on', async () => (await served.raw('/healthz')).status === 200)
    for (const spy of spies) spy.mockRestore()
    expect({ written, logged: served.logged }).toEqual({ written: [], logged: [] })
  })
})

describe('a crowd of idle connections', () => {
  it('is limited, and those who were there before go on', async () => {
    const served = await serve(show)
    const stream = await listen(served)
    await stream.next('state')
    const sockets: Awaited<ReturnType<typeof socketTo>>[] = []
    // A hundred at a time: if the kernel's queue overflows, it takes connections up again only seconds later.
    while (sockets.length < 1200)
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => socketTo(served)))))
    await until('some of them to be refused', () => sockets.filter(({ closed }) => closed).length >= 150)
    served.orchestrator.start()
    const { seq } = served.state()
    await stream.next('state', ({ id }) => id === String(seq))
    for (const socket of sockets) socket.destroy()
    await until('a free place', async () => (await served.raw('/healthz')).status === 200)
  })
})

describe('a name with line ends', () => {
  const names = ['A\n12:00:00.000 on air: Fake', 'A\r\nB', 'A\u2028B', 'A\u001b[2JB', 'A\u0085B']
  const post = async ({ post }: Served, scene: string) => post({ type: 'forceScene', scene, toggle: true })

  it('takes one line of the log, wherever it comes from', async () => {
    const served = await serve(show)
    served.report({ type: 'scenes', scenes: ['A', 'B'] })
    for (const name of names) await post(served, name)
    await served.post({ type: 'goTo', cue: 'A\nB' })
    expect(served.logged).toHaveLength(2 * (names.length + 1))
    expect(served.logged.filter((line) => /[\p{Cc}\u2028\u2029]/u.test(line))).toEqual([])
  })

  it('is one line of a JSON log, too', () => {
    const lines: string[] = []
    const { warn } = createLog({
      ...{ style: 'json', level: 'info', colour: false, wall: () => 0, timezone: () => 'UTC' },
      write: (line) => lines.push(line),
    })
    for (const name of names) warn(`OBS refused SetCurrentProgramScene: no ${name}`)
    expect(lines.filter((line) => /[\n\r]/.test(line))).toEqual([])
  })
})
