import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schema } from '../../src/cli/schema.ts'
import { validate } from '../../src/cli/validate.ts'
import { freshFolder } from '../store/folders.ts'

const written = () => {
  const out: string[] = []
  const err: string[] = []
  return { out, err, io: { stdout: (line: string) => out.push(line), stderr: (line: string) => err.push(line) } }
}

const fileOf = async (content: string | Uint8Array) => {
  const file = join(await freshFolder(), 'show.yaml')
  await writeFile(file, content)
  return file
}

const SOUND = 'version: 1\ncues:\n  - { scene: A, duration: 5m }\n  - { scene: B, duration: 1h }\n'

describe('validate', () => {
  it('says how many cues a valid file has and how long it is', async () => {
    const file = await fileOf(SOUND)
    const { io, out, err } = written()
    expect(await validate([file], io)).toBe(0)
    expect(out).toEqual([`${file}: ok (2 cues, 1h05m)`])
    expect(err).toEqual([])
  })

  it('prints every problem of every file, and ends with 2', async () => {
    const [bad, good] = [
      await fileOf('version: 1\ntitel: x\ncues:\n  - { scene: A, duration: 5 }\n'),
      await fileOf(SOUND),
    ]
    const { io, out } = written()
    expect(await validate([bad, good], io)).toBe(2)
    expect(out).toEqual([
      `${bad}:2:1: error: unknown key \`titel\`; did you mean \`title\`?`,
      `${bad}:4:27: error: a duration needs a unit: write 5s (00:00:05) or 5m (00:05:00)`,
      `${good}: ok (2 cues, 1h05m)`,
    ])
  })

  it('warns without failing', async () => {
    const file = await fileOf(`${SOUND}days: [fri]\n`)
    const { io, out } = written()
    expect(await validate([file], io)).toBe(0)
    expect(out).toHaveLength(2)
    expect(out[0]).toContain(`${file}:5:1: warning: `)
  })

  it('prints one object per problem with --json, and nothing for a valid file', async () => {
    const [bad, good] = [
      await fileOf('version: 1\ntitel: x\ncues: [{ scene: A, duration: 5m }]\n'),
      await fileOf(SOUND),
    ]
    const { io, out } = written()
    expect(await validate([bad, good], io, { json: true })).toBe(2)
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        file: bad,
        line: 2,
        col: 1,
        severity: 'error',
        code: 'unknownKey',
        message: 'unknown key `titel`; did you mean `title`?',
      },
    ])
  })

  it("says what is wrong with a file that it can't read", async () => {
    const folder = await freshFolder()
    const garbled = await fileOf(Uint8Array.of(0x76, 0xff, 0xfe))
    const { io, out } = written()
    expect(await validate([join(folder, 'nope.yaml'), folder, garbled], io)).toBe(2)
    expect(out).toEqual([
      `${join(folder, 'nope.yaml')}: error: there is no such file: check its name and folder`,
      `${folder}: error: this is a folder: name a schedule file in it`,
      `${garbled}:1:2: error: this file isn't UTF-8 text, because of the byte 0xFF here; its encoding is unknown: save the file as UTF-8`,
    ])
  })

  it('needs a file', async () => {
    const { io, err } = written()
    expect(await validate([], io)).toBe(2)
    expect(err).toHaveLength(1)
  })

  it.each(['demo', 'evening-show', 'channel-24-7'])('finds nothing wrong with scenes/%s.yaml', async (name) => {
    const { io, out } = written()
    expect(await validate([`scenes/${name}.yaml`], io)).toBe(0)
    expect(out).toHaveLength(1)
    expect(out[0]).toContain(': ok (')
  })
})

describe('schema', () => {
  it('prints what scenes/schedule.schema.json holds', async () => {
    const { io, out } = written()
    expect(await schema(io)).toBe(0)
    expect(`${out.join('\n')}\n`).toBe(await readFile('scenes/schedule.schema.json', 'utf8'))
  })
})
