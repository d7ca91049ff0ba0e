import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../src')

/** What each folder may import besides itself. Files right in src stand for themselves. */
const beneath: Readonly<Record<string, readonly string[]>> = {
  time: [],
  tick: ['time'],
  schedule: ['time'],
  playout: ['time', 'schedule'],
  orchestrator: ['time', 'tick', 'schedule', 'playout'],
  obs: ['time', 'schedule', 'playout', 'orchestrator'],
  simulator: ['time', 'schedule', 'playout', 'orchestrator'],
  hotkeys: ['time', 'schedule', 'playout', 'orchestrator'],
  store: ['time', 'schedule', 'playout', 'orchestrator'],
  log: ['time', 'schedule', 'playout', 'orchestrator', 'obs'],
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const folderOf = (file: string): string => (file.includes(sep) ? (file.split(sep)[0] ?? '') : file)

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')

const importers = (isMeant: (name: string) => boolean): string[] =>
  sources.filter(({ text }) => importsOf(text).some(isMeant)).map(({ file }) => file)

describe('the parts of the project', () => {
  it('import one way only', () => {
    const wrong = sources.flatMap(({ file, text }) => {
      const allowed = beneath[folderOf(file)]
      if (allowed === undefined) return []
      const targets = importsOf(text)
        .filter((name) => name.startsWith('.'))
        .map((name) => folderOf(relative(root, resolve(root, dirname(file), name))))
      return targets
        .filter((target) => target !== folderOf(file) && !allowed.includes(target))
        .map((target) => `${file} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('know XState only where there is a machine', () => {
    const folders = new Set(importers((name) => name === 'xstate' || name.startsWith('xstate/')).map(folderOf))
    expect([...folders].sort()).toEqual(['obs', 'orchestrator'])
  })

  it('know obs-websocket-js only in obs', () => {
    const folders = new Set(importers((name) => name.startsWith('obs-websocket-js')).map(folderOf))
    expect([...folders]).toEqual(['obs'])
  })

  it('read real time only in time', () => {
    const realTime = /\b(Date\.now|performance\.now|process\.hrtime|setTimeout|setInterval|new Date\(\))/
    const readers = sources.filter(({ text }) => realTime.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    const elsewhere = readers.map(({ file }) => file).filter((file) => folderOf(file) !== 'time')
    expect(elsewhere).toEqual([])
  })

  it('load neither hotkeys nor a server with the library', () => {
    const seen = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      const text = sources.find((source) => source.file === file)?.text ?? ''
      for (const name of importsOf(text).filter((name) => name.startsWith('.')))
        visit(relative(root, resolve(root, dirname(file), name)))
    }
    visit('index.ts')
    const folders = new Set([...seen].map(folderOf))
    expect([...folders].filter((folder) => ['hotkeys', 'http', 'commands', 'simulator'].includes(folder))).toEqual([])
    expect(folders).toContain('orchestrator')
  })
})
