import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { searchPath } from './childProcess.ts'
import { noteThatItRan } from './whatRan.ts'

/** Presses and releases keys on a display, as a hand would: `pressKey(':3', 'ctrl+alt+b')`, in xdotool's spelling. */
export async function pressKey(display: string, keys: string): Promise<void> {
  await promisify(execFile)('xdotool', ['key', '--clearmodifiers', keys], {
    env: { PATH: searchPath, DISPLAY: display },
    timeout: 15_000,
  })
  noteThatItRan('keys')
}
