/**
 * The program of the process that listens to the keys of the desktop, run by `node -e` with the path of uiohook-napi. It is a process of its
 * own because Xlib ends the process when its display goes away, and libuiohook aborts it when the display can't be opened: neither
 * may end a show. Every movement of the mouse passes through here, too, and only keys go on.
 */
export const keyListener = `
const { uIOhook } = require(process.argv[1])
const tell = (down) => (e) => process.send({ down, keycode: e.keycode, time: e.time, ctrl: e.ctrlKey, alt: e.altKey, shift: e.shiftKey, meta: e.metaKey })
uIOhook.on('keydown', tell(true))
uIOhook.on('keyup', tell(false))
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => {})
uIOhook.start()
process.send('listening')
`

/** What the listener tells of a key. */
export type KeyEvent = {
  readonly down: boolean
  readonly keycode: number
  /** Milliseconds of any clock. */
  readonly time: number
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly meta: boolean
}

export function isKeyEvent(message: unknown): message is KeyEvent {
  return typeof message === 'object' && message !== null && 'keycode' in message && 'down' in message
}
