import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { searchPath } from './childProcess.ts'
import { noteThatItRan } from './whatRan.ts'

/** Presses and releases keys on a display, in xdotool's spelling: `pressKey(':3', 'ctrl+alt+b')`. */
export async function pressKey(display: string, keys: string): Promise<void> {
  await promisify(execFile)('xdotool', ['key', '--clearmodifiers', keys], {
    env: { PATH: searchPath, DISPLAY: display },
    timeout: 15_000,
  })
  noteThatItRan('keys')
}
