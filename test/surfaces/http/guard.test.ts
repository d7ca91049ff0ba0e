import { describe, expect, it } from 'vitest'
import { type Asked, createGuard, type Verdict } from '../../../src/surfaces/http/guard.ts'

const open = createGuard({ kind: 'open' }, () => 4466)
const guarded = createGuard({ kind: 'tokens', operate: 'operate-token', view: 'view-token' }, () => 4466)

const asked = (url: string, headers: readonly (readonly [string, string])[] = [], method = 'GET'): Asked => ({
  ...{ method, url },
  rawHeaders: [['Host', '127.0.0.1:4466'] as const, ...headers].flat(),
})
const named = (host: string): Asked => ({ method: 'GET', url: '/', rawHeaders: ['Host', host] })
const statusOf = (verdict: Verdict) => ('status' in verdict ? verdict.status : 200)
const cookieFor = (token: string): string => {
  const verdict = guarded(asked(`/?token=${token}`))
  return 'status' in verdict ? (verdict.headers['Set-Cookie']?.split(';')[0] ?? '') : ''
}

describe('without a token', () => {
  it.each(['127.0.0.1:4466', '127.0.0.1', '127.9.9.9:1', 'localhost:4466', 'LocalHost', '[::1]:4466', '[::1]'])(
    'Host %s is this machine',
    (host) => {
      expect(open(named(host))).toEqual({ role: 'operate' })
    },
  )

  it.each([
    ...['evil.com', 'localhost.evil.com', '127.0.0.1.evil.com', 'localhost.', '127.0.0.1.', '0x7f.1', '0x7f000001'],
    ...['127.1', '127.0.1', '2130706433', '017700000001', '127.0.0.01', '[::ffff:127.0.0.1]', '[0:0:0:0:0:0:0:1]'],
    ...['::1', '[::1%lo]', '0.0.0.0', '[::]', '10.0.0.1', '', ' ', 'a@127.0.0.1', '127.0.0.1:4466:1', '127.0.0.1 '],
    ...['localhost:4466/', 'localhost#', '127.0.0.1:', '１２７.0.0.1', '128.0.0.1', '127.0.0.1:999999'],
  ])('Host "%s" is refused', (host) => {
    expect(statusOf(open(named(host)))).toBe(403)
  })

  it('a request without a Host, or with two, is refused', () => {
    expect(statusOf(open({ method: 'GET', url: '/', rawHeaders: [] }))).toBe(400)
    expect(statusOf(open(asked('/', [['host', 'evil.com']])))).toBe(400)
  })

  it.each(['http://evil.com/', '*', 'evil.com:80', '', 'api/v1/state'])('the target "%s" is refused', (url) => {
    expect(statusOf(open(asked(url)))).toBe(400)
  })
})

describe('a page from elsewhere', () => {
  it.each([
    ...['http://evil.com', 'null', 'http://127.0.0.1:9999', 'http://localhost:4466', 'http://127.0.0.1'],
    ...['http://127.0.0.1:4466.evil.com', 'file://', '', 'http://127.0.0.1:4466/', 'ws://127.0.0.1:4466'],
  ])('is refused for everything: Origin %s', (origin) => {
    for (const guard of [open, guarded])
      for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS'])
        for (const url of ['/api/v1/commands', '/api/v1/events', '/', '/?token=operate-token'])
          expect(
            statusOf(
              guard(
                asked(
                  url,
                  [
                    ['Origin', origin],
                    ['Authorization', 'Bearer operate-token'],
                  ],
                  method,
                ),
              ),
            ),
          ).toBe(403)
  })

  it('is not one whose Origin is our Host, also behind a proxy that does TLS', () => {
    for (const origin of ['http://127.0.0.1:4466', 'https://127.0.0.1:4466'])
      expect(open(asked('/', [['Origin', origin]]))).toEqual({ role: 'operate' })
  })

  it.each([
    ['cross-site', 'no-cors', 403],
    ['same-site', 'cors', 403],
    ['cross-site', 'navigate', 200],
    ['same-origin', 'cors', 200],
    ['none', 'navigate', 200],
  ])('is known by what the browser says of it, too: %s, %s gives %i', (site, mode, status) => {
    const headers = [
      ['Sec-Fetch-Site', site],
      ['Sec-Fetch-Mode', mode],
    ] as const
    expect(statusOf(open(asked('/api/v1/events', headers)))).toBe(status)
  })

  it('is refused if only one of two Origins is ours', () => {
    const both = [
      ['Origin', 'http://127.0.0.1:4466'],
      ['Origin', 'http://evil.com'],
    ] as const
    expect(statusOf(open(asked('/', both)))).toBe(403)
  })
})

describe('where a token is needed', () => {
  const withHeader = (value: string, method = 'GET') =>
    guarded(asked('/api/v1/state', [['Authorization', value]], method))

  it('the right Bearer token lets in, with its role', () => {
    expect(withHeader('Bearer operate-token')).toEqual({ role: 'operate' })
    expect(withHeader('bearer  operate-token')).toEqual({ role: 'operate' })
    expect(withHeader('Bearer view-token')).toEqual({ role: 'view' })
  })

  it.each([
    ...['Basic b3BlcmF0ZS10b2tlbg==', 'Digest operate-token', 'Token operate-token', 'operate-token', 'Bearer', ''],
    ...['Bearer operate-tokem', 'Bearer operate-token2', 'Bearer operate-toke', 'BearerX operate-token', 'Bearer'],
    ...['Bearer operate-token view-token', 'Basic operate-token, Bearer operate-token', 'Bearer "operate-token"'],
  ])('Authorization "%s" doesn\'t', (value) => {
    expect(statusOf(withHeader(value))).toBe(401)
  })

  it('two Authorization headers let nobody in', () => {
    const both = [
      ['Authorization', 'Bearer operate-token'],
      ['Authorization', 'Bearer operate-token'],
    ] as const
    expect(statusOf(guarded(asked('/', both)))).toBe(401)
  })

  it('a view token reads and may do nothing else', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      expect(statusOf(withHeader('Bearer view-token', method))).toBe(403)
    expect(withHeader('Bearer view-token', 'HEAD')).toEqual({ role: 'view' })
  })

  it('any name of this machine will do, since a stranger has no token', () => {
    const verdict = guarded({
      method: 'GET',
      url: '/',
      rawHeaders: ['Host', 'studio.example', 'Authorization', 'Bearer operate-token'],
    })
    expect(verdict).toEqual({ role: 'operate' })
    expect(statusOf(guarded(named('studio.example')))).toBe(401)
  })
})

describe('a token in the address of a page', () => {
  it('becomes a cookie, and the address goes on without it', () => {
    const verdict = guarded(asked('/presenter?size=2&token=operate-token&dark=1'))
    expect(verdict).toMatchObject({ status: 303, headers: { Location: '/presenter?size=2&dark=1' } })
    const cookie = 'headers' in verdict ? (verdict.headers['Set-Cookie'] ?? '') : ''
    expect(cookie).toMatch(/^orchestrator-4466=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
    expect(cookie).not.toContain('operate-token')
  })

  it('gives the role of the token', () => {
    for (const [token, role] of [
      ['operate-token', 'operate'],
      ['view-token', 'view'],
    ] as const)
      expect(guarded(asked('/api/v1/state', [['Cookie', cookieFor(token)]]))).toEqual({ role })
  })

  it.each([
    '/?token=wrong',
    '/?token=',
    '/?token=operate-token&token=wrong',
    '/?token=operate-token&token=operate-token',
  ])('lets nobody in if it is wrong or there are two: %s', (url) => {
    expect(statusOf(guarded(asked(url)))).toBe(401)
  })

  it('counts on pages only, and only for reading', () => {
    for (const url of [
      '/api/v1/state',
      '/api/v1/events',
      '/metrics',
      '/assets/x.js',
      '//evil.com/',
      '/\\evil.com',
      '/presenter/',
    ])
      expect(statusOf(guarded(asked(`${url}?token=operate-token`)))).toBe(401)
    expect(statusOf(guarded(asked('/?token=operate-token', [], 'POST')))).toBe(401)
  })

  it('is taken out of the address where none is needed, too', () => {
    expect(open(asked('/?token=x'))).toEqual({ status: 303, message: expect.any(String), headers: { Location: '/' } })
  })
})

describe('the cookie', () => {
  const withCookies = (...values: string[]) =>
    guarded(
      asked(
        '/',
        values.map((value) => ['Cookie', value] as const),
      ),
    )

  it('counts beside wrong ones of its name that another server on this host has set', () => {
    const cookie = cookieFor('operate-token')
    expect(withCookies(`a=1; orchestrator-4466=tossed; ${cookie}; orchestrator-4466=`)).toEqual({ role: 'operate' })
    expect(withCookies('orchestrator-4466=tossed', cookie)).toEqual({ role: 'operate' })
  })

  it.each([
    ['the token itself', 'orchestrator-4466=operate-token'],
    ['nothing', 'orchestrator-4466='],
    ['the value under another name', cookieFor('operate-token').replace('4466', '4467')],
    ['the value with a longer name', `x${cookieFor('operate-token')}`],
    ['the value and more', `${cookieFor('operate-token')}x`],
  ])('with %s lets nobody in', (_, cookie) => {
    expect(statusOf(withCookies(cookie))).toBe(401)
  })

  it("doesn't help beside a wrong Authorization header", () => {
    const headers = [
      ['Authorization', 'Bearer wrong'],
      ['Cookie', cookieFor('operate-token')],
    ] as const
    expect(statusOf(guarded(asked('/', headers)))).toBe(401)
  })

  it('lets nobody in once the token is another', () => {
    const other = createGuard({ kind: 'tokens', operate: 'new-token', view: null }, () => 4466)
    expect(statusOf(other(asked('/', [['Cookie', cookieFor('operate-token')]])))).toBe(401)
  })
})
