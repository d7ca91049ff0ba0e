import { mkdir, readFile, rename, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchFile } from '../../src/store/watchFile.ts'
import { manualClock } from '../../src/time/manualClock.ts'
import { until } from '../support/until.ts'
import { freshFolder } from './folders.ts'

/** Watches the file. `saved` does something to it and resolves when that has been noticed. */
function watched(file: string) {
  const clock = manualClock(0)
  const noticed: string[] = []
  const problems: string[] = []
  const watcher = watchFile(file, {
    clock,
    onChange: () => void readFile(file, 'utf8').then((text) => noticed.push(text)),
    onProblem: (message) => problems.push(message),
  })
  onTestFinished(watcher.close)
  const settle = () => clock.advance(100)
  return {
    ...{ clock, noticed, problems, settle },
    async saved(act: () => Promise<unknown>) {
      const before = noticed.length
      await act()
      return until('the change to be noticed', () => {
        settle()
        return noticed.length > before && noticed.at(-1)
      })
    },
  }
}

async function freshFile(text: string) {
  const folder = await freshFolder()
  const file = join(folder, 'show.yaml')
  await writeFile(file, text)
  return { folder, file }
}

/** As editors do that write a new file and put it in place of the old one. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

describe('a watched file', () => {
  it('is noticed each time it is written', async () => {
    const { file } = await freshFile('one')
    const { saved } = watched(file)
    for (const text of ['two', 'three']) expect(await saved(() => writeFile(file, text))).toBe(text)
  })

  it('is noticed each time another file takes its place', async () => {
    const { file } = await freshFile('one')
    const { saved } = watched(file)
    for (const text of ['two', 'three', 'four']) expect(await saved(() => replace(file, text))).toBe(text)
    expect(await saved(() => writeFile(file, 'five'))).toBe('five')
  })

  it('is noticed when it is back after it was gone', async () => {
    const { file } = await freshFile('one')
    const { saved, settle, noticed } = watched(file)
    await unlink(file)
    settle()
    expect(await saved(() => writeFile(file, 'two'))).toBe('two')
    expect(noticed).toEqual(['two'])
  })

  it('is noticed behind a link: written, replaced, and when the link leads to another file', async () => {
    const folder = await freshFolder()
    await mkdir(join(folder, 'shows'))
    const target = join(folder, 'shows', 'tonight.yaml')
    const link = join(folder, 'show.yaml')
    await writeFile(target, 'one')
    await writeFile(join(folder, 'shows', 'tomorrow.yaml'), 'four')
    await symlink(target, link)
    const { saved } = watched(link)
    expect(await saved(() => writeFile(target, 'two'))).toBe('two')
    expect(await saved(() => replace(target, 'three'))).toBe('three')
    await symlink(join(folder, 'shows', 'tomorrow.yaml'), `${link}.new`)
    expect(await saved(() => rename(`${link}.new`, link))).toBe('four')
  })

  it('is not noticed when it is saved with the same content', async () => {
    const { file } = await freshFile('one')
    const { saved, noticed } = watched(file)
    await replace(file, 'one')
    expect(await saved(() => writeFile(file, 'two'))).toBe('two')
    expect(noticed).toEqual(['two'])
  })

  it('reports a folder that is not there', async () => {
    const { problems } = watched(join(await freshFolder(), 'gone', 'show.yaml'))
    expect(problems).toEqual([expect.stringMatching(/gone can't be watched: /)])
  })
})
