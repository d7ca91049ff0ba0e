import type { Io } from './io.ts'

/** So much is gathered before it is written: a day's lines one by one would take longer than the day's simulation. */
const blockSize = 65_536

/** Results gathered into blocks, and log lines at once; each in its place when both go to the same terminal. */
export function lines(stdout: NodeJS.WritableStream, stderr: NodeJS.WritableStream): Io & { flush(): void } {
  let waiting = ''
  const flush = () => {
    if (waiting !== '') stdout.write(waiting)
    waiting = ''
  }
  return {
    stdout(line) {
      waiting += `${line}\n`
      if (waiting.length >= blockSize) flush()
    },
    stderr(line) {
      flush()
      stderr.write(`${line}\n`)
    },
    flush,
  }
}
