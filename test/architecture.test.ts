import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../src')

/** The folders of src/, as the design orders them: each may import those before it. The edges don't know each other. */
const core = ['time', 'tick', 'values', 'commands', 'schedule', 'playout', 'orchestrator']
const edges = ['obs', 'simulator', 'store', 'surfaces']
const beneath: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(core.map((folder, place) => [folder, core.slice(0, place)])),
  ...Object.fromEntries(edges.map((folder) => [folder, core])),
  cli: [...core, ...edges, 'app.ts'],
}

/** Folders inside a part, in the order in which they may import. Those on one line don't know each other. */
const inside: Readonly<Record<string, readonly (readonly string[])[]>> = {
  obs: [['link'], ['mirror'], ['takes'], ['frames', 'acts', 'preflight']],
  orchestrator: [['core'], ['readers']],
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const folderOf = (file: string): string => (file.includes(sep) ? (file.split(sep)[0] ?? '') : file)

/** The folder inside the part; null for a file right in the part, which may know all of it. */
const innerOf = (file: string): string | null => (file.split(sep).length > 2 ? (file.split(sep)[1] ?? null) : null)

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')

const targetsOf = (file: string, text: string): string[] =>
  importsOf(text)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(root, resolve(root, dirname(file), name)))

const importers = (isMeant: (name: string) => boolean): string[] =>
  sources.filter(({ text }) => importsOf(text).some(isMeant)).map(({ file }) => file)

describe('the parts of the project', () => {
  it('are folders that have their place in the order of imports', () => {
    const unknown = sources.filter(({ file }) => {
      const [part, inner] = [folderOf(file), innerOf(file)]
      if (part !== file && beneath[part] === undefined) return true
      return inner !== null && inside[part]?.flat().includes(inner) === false
    })
    expect(unknown.map(({ file }) => file)).toEqual([])
  })

  it('import one way only', () => {
    const wrong = sources.flatMap(({ file, text }) => {
      const allowed = beneath[folderOf(file)]
      if (allowed === undefined) return []
      return targetsOf(file, text)
        .map(folderOf)
        .filter((target) => target !== folderOf(file) && !allowed.includes(target))
        .map((target) => `${file} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('import one way only inside obs/ and inside orchestrator/', () => {
    const rank = (part: string, inner: string | null): number =>
      inner === null ? Number.POSITIVE_INFINITY : (inside[part] ?? []).findIndex((folders) => folders.includes(inner))
    const wrong = sources.flatMap(({ file, text }) => {
      const part = folderOf(file)
      if (inside[part] === undefined) return []
      const own = innerOf(file)
      return targetsOf(file, text)
        .filter((target) => folderOf(target) === part && innerOf(target) !== own)
        .filter((target) => rank(part, innerOf(target)) >= rank(part, own))
        .map((target) => `${file} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('know XState only where there is a machine', () => {
    const folders = importers((name) => name === 'xstate' || name.startsWith('xstate/')).map(dirname)
    expect([...new Set(folders)].sort()).toEqual(['obs/link', 'orchestrator/core'])
  })

  it('know obs-websocket-js only in obs/link', () => {
    expect([...new Set(importers((name) => name.startsWith('obs-websocket-js')).map(dirname))]).toEqual(['obs/link'])
  })

  it('read real time only in time', () => {
    const realTime = /\b(Date\.now|performance\.now|process\.hrtime|setTimeout|setInterval|new Date\(\))/
    const readers = sources.filter(({ text }) => realTime.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    const elsewhere = readers.map(({ file }) => file).filter((file) => folderOf(file) !== 'time')
    expect(elsewhere).toEqual([])
  })

  it('give the pages types, and only what runs in a browser besides', () => {
    const page = `surfaces${sep}web${sep}`
    const allowed = ['time', 'values', join('orchestrator', 'cueGuard.ts')]
    const wrong = sources
      .filter(({ file }) => file.startsWith(page))
      .flatMap(({ file, text }) =>
        targetsOf(file, text.replace(/import type [^;]*? from '[^']+'/g, ''))
          .filter((target) => !target.startsWith(page))
          .filter((target) => !allowed.some((part) => target === part || target.startsWith(part + sep)))
          .map((target) => `${file} imports ${target}`),
      )
    expect(wrong).toEqual([])
  })

  it('load neither surfaces nor a server with the library', () => {
    const seen = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      for (const target of targetsOf(file, sources.find((source) => source.file === file)?.text ?? '')) visit(target)
    }
    visit('index.ts')
    const folders = new Set([...seen].map(folderOf))
    expect([...folders].filter((folder) => ['surfaces', 'cli', 'simulator', 'store'].includes(folder))).toEqual([])
    expect(folders).toContain('orchestrator')
  })
})
