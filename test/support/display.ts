import { startChild } from './childProcess.ts'
import { Hopeless, until } from './until.ts'

export type Display = {
  /** As in DISPLAY, such as `:3`. */
  readonly display: string
  close(): Promise<void>
}

/** Starts a virtual X display with a free number. It accepts connections when this resolves. */
export async function startDisplay(): Promise<Display> {
  const size = ['-screen', '0', '1280x720x24']
  const server = await startChild('Xvfb', ['-displayfd', '3', ...size, '-nolisten', 'tcp', '-noreset'], {
    extraOutput: true,
  })
  let number = ''
  server.extraOutput?.on('data', (chunk: Buffer) => {
    number += chunk.toString()
  })
  const display = await until(
    'Xvfb to name its display',
    () => {
      if (!server.isRunning()) throw new Hopeless(`Xvfb ended at once:\n${server.output()}`)
      return number.endsWith('\n') && `:${number.trim()}`
    },
    30_000,
  )
  return { display, close: () => server.end('SIGTERM', 5_000) }
}
