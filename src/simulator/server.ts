import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export type Connection = { send(text: string): void; close(code: number, reason: string): void; cut(): void }
export type Guest = { receive(text: string, isBinary: boolean): void; left(): void }

export type Server = { readonly port: number; close(): Promise<void> }

/** Listens for clients, and serves each one by the guest that `welcome` returns. Port 0 is any free port. */
export async function listen(host: string, port: number, welcome: (connection: Connection) => Guest): Promise<Server> {
  const sockets = new WebSocketServer({
    host,
    port,
    handleProtocols: (protocols) => protocols.has('obswebsocket.json') && 'obswebsocket.json',
  })
  sockets.on('connection', (socket) => serve(socket, welcome))
  await new Promise<void>((resolve, reject) => {
    sockets.once('listening', resolve)
    sockets.once('error', reject)
  })
  return { port: portOf(sockets.address(), port), close: () => closeAll(sockets) }
}

function serve(socket: WebSocket, welcome: (connection: Connection) => Guest): void {
  const guest = welcome({
    send: (text) => socket.send(text, () => {}),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
  })
  socket.on('message', (message, isBinary) => guest.receive(message.toString(), isBinary))
  socket.on('close', () => guest.left())
  // A client that breaks off is not an error of the server; `close` follows.
  socket.on('error', () => {})
}

function closeAll(sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  return new Promise((resolve) => sockets.close(() => resolve()))
}

const portOf = (address: AddressInfo | string | null, asked: number) =>
  address === null || typeof address === 'string' ? asked : address.port
