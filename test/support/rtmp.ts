import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChildProcess, startChild } from './childProcess.ts'
import { freePort } from './freePort.ts'
import { rtmpModule } from './requirements.ts'
import { Hopeless, until } from './until.ts'
import { noteThatItRan } from './whatRan.ts'

export type RtmpServer = {
  readonly url: string
  readonly key: string
  /** How many bytes have arrived from all streams so far. */
  bytes(): Promise<number>
  /** The server is gone without a goodbye, as when the line is cut. */
  kill(): Promise<void>
  /** Starts the same server again, on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Starts an RTMP server on loopback that saves everything it receives. */
export async function startRtmpServer(): Promise<RtmpServer> {
  const folder = mkdtempSync(join(tmpdir(), 'orchestrator-rtmp-'))
  const received = join(folder, 'received')
  mkdirSync(received)
  const port = await freePort()
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, received, port))
  let server = await startNginx(folder, port)
  noteThatItRan('RTMP')
  return {
    url: `rtmp://127.0.0.1:${port}/live`,
    key: 'test',
    bytes: async () =>
      readdirSync(received)
        .map((name) => statSync(join(received, name)).size)
        .reduce((sum, size) => sum + size, 0),
    kill: () => server.end('SIGKILL'),
    async restart() {
      await server.end('SIGKILL')
      server = await startNginx(folder, port)
    },
    async close() {
      await server.end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startNginx(folder: string, port: number): Promise<ChildProcess> {
  const errors = join(folder, 'error.log')
  const server = await startChild('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', errors])
  await until('nginx to accept connections', () => {
    if (!server.isRunning()) throw new Hopeless(`nginx ended at once:\n${server.output()}`)
    return accepts(port)
  })
  return server
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function configuration(folder: string, received: string, port: number): string {
  const module = rtmpModule()
  if (module === undefined) throw new Error('nginx has no RTMP module here: install libnginx-mod-rtmp')
  return `
load_module ${module};
daemon off;
master_process off;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 64; }
rtmp {
  server {
    listen 127.0.0.1:${port};
    application live { live on; record all; record_path ${received}; record_unique on; }
  }
}
`
}
