import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '../support/freePort.ts'

export type Interposed = {
  readonly url: string
  /** All connections break off; new ones are let through. */
  drop(): void
  /** Nothing goes through in either direction, and nothing is closed: a cable is pulled, or the other side hangs. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

/** Stands between a client and the server at `url`, on loopback. */
export async function startProxy(url: string): Promise<Interposed> {
  const target = Number(new URL(url).port)
  const port = await freePort()
  const sockets = new Set<Socket>()
  let isFrozen = false

  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('data', (bytes) => {
        if (!isFrozen) to.write(bytes)
      })
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        if (!isFrozen) to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const drop = () => {
    for (const socket of [...sockets]) socket.destroy()
  }
  return {
    url: `ws://127.0.0.1:${port}`,
    drop,
    freeze: () => {
      isFrozen = true
    },
    thaw: () => {
      isFrozen = false
      drop()
    },
    close: async () => {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
