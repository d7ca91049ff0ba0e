import { describe, expect, it } from 'vitest'
import { accessTo, isLoopback, parseHttpAddress } from '../../../src/surfaces/http/access.ts'

const none = { operate: null, view: null }

describe('the address of --http', () => {
  it.each([
    ['127.0.0.1:4466', '127.0.0.1', 4466],
    ['0.0.0.0:80', '0.0.0.0', 80],
    ['[::1]:4466', '::1', 4466],
    ['[::]:5000', '::', 5000],
    ['localhost:4000', '127.0.0.1', 4000],
    ['4000', '127.0.0.1', 4000],
    ['127.0.0.1', '127.0.0.1', 4466],
    ['[::1]', '::1', 4466],
    ['studio.local:4000', 'studio.local', 4000],
    ['127.0.0.1:0', '127.0.0.1', 0],
  ])('%s is read as %s port %i', (written, host, port) => {
    expect(parseHttpAddress(written)).toEqual({ host, port })
  })

  it.each([
    [':4466', 'write an address and a port'],
    ['', 'write an address and a port'],
    ['::1', 'in brackets'],
    ['::1:4466', 'in brackets'],
    ['[127.0.0.1]:4466', 'no IPv6 address in the brackets'],
    ['127.0.0.1:65536', 'at most 65535'],
    ['127.1:4466', 'neither an address nor the name'],
    ['0x7f.0.0.1:4466', null],
    ['http://127.0.0.1:4466', 'write an address and a port'],
    ['127.0.0.1:http', 'write an address and a port'],
    ['-x:1', 'neither an address nor the name'],
  ])('%s is refused with what to write instead, or needs a token', (written, message) => {
    const read = () => accessTo(parseHttpAddress(written), none)
    expect(read).toThrow(RangeError)
    expect(read).toThrow(message ?? 'needs a token')
  })
})

describe('who may come in', () => {
  it('is everybody on a loopback address without a token', () => {
    for (const host of ['127.0.0.1', '127.8.0.1', '::1'])
      expect(accessTo({ host, port: 1 }, none)).toEqual({ kind: 'open' })
  })

  it.each(['0.0.0.0', '::', '192.168.1.5', '::ffff:127.0.0.1', 'studio.local', '128.0.0.1'])(
    'is nobody at %s without a token, which is refused',
    (host) => {
      expect(isLoopback(host)).toBe(false)
      expect(() => accessTo({ host, port: 1 }, none)).toThrow('--http-token-file or ORCHESTRATOR_TOKEN')
    },
  )

  it('needs a token wherever one is set, on a loopback address too', () => {
    for (const host of ['127.0.0.1', '0.0.0.0'])
      expect(accessTo({ host, port: 1 }, { operate: 'a', view: 'b' })).toEqual({
        ...{ kind: 'tokens', operate: 'a', view: 'b' },
      })
  })

  it('is refused for a view token alone and for two equal tokens', () => {
    expect(() => accessTo({ host: '::1', port: 1 }, { operate: null, view: 'b' })).toThrow('nobody could command')
    expect(() => accessTo({ host: '::1', port: 1 }, { operate: 'a', view: 'a' })).toThrow('the same')
  })
})
