import { open } from 'node:fs/promises'
import { errorCode } from './failure.ts'

const blockSize = 65_536

/** The last lines of a file of JSON lines, the oldest first. Reads no more of the file than it needs. Leaves out broken lines. */
export async function lastLines(path: string, count: number): Promise<readonly string[]> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })
  if (file === null) return []
  try {
    const blocks: Buffer[] = []
    let from = (await file.stat()).size
    let ends = 0
    // One line end more than lines, because the first line found may be half of one.
    while (from > 0 && ends <= count) {
      const length = Math.min(blockSize, from)
      from -= length
      const block = Buffer.alloc(length)
      await file.read(block, 0, length, from)
      blocks.unshift(block)
      for (const byte of block) if (byte === 0x0a) ends++
    }
    const lines = Buffer.concat(blocks).toString('utf8').split('\n')
    return lines.filter(isJson).slice(-count)
  } finally {
    await file.close()
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return line.startsWith('{')
  } catch {
    return false
  }
}
