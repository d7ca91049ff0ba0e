import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lastLines } from '../../src/store/lastLines.ts'
import { freshFolder } from './folders.ts'

const fileOf = async (content: string) => {
  const file = join(await freshFolder(), 'as-run.jsonl')
  await writeFile(file, content)
  return file
}

describe('the last lines of a file', () => {
  it('are the newest ones, the oldest of them first', async () => {
    const file = await fileOf('{"n":1}\n{"n":2}\n{"n":3}\n')
    expect(await lastLines(file, 2)).toEqual(['{"n":2}', '{"n":3}'])
    expect(await lastLines(file, 10)).toHaveLength(3)
  })

  it('leave out a line that was cut short', async () => {
    expect(await lastLines(await fileOf('{"n":1}\n{"n":\n{"n":3}\n{"n'), 3)).toEqual(['{"n":1}', '{"n":3}'])
  })

  it('are none if there is no file, or an empty one', async () => {
    expect(await lastLines(join(await freshFolder(), 'none'), 3)).toEqual([])
    expect(await lastLines(await fileOf(''), 3)).toEqual([])
  })

  it('are whole in a file of many blocks, whatever letters they have', async () => {
    const lines = Array.from({ length: 5000 }, (_, n) =>
      JSON.stringify({ n, scene: 'Ünïcödé 日本'.repeat(1 + (n % 7)) }),
    )
    const file = await fileOf(`${lines.join('\n')}\n`)
    for (const count of [1, 700, 3000, 6000]) expect(await lastLines(file, count)).toEqual(lines.slice(-count))
  })
})
