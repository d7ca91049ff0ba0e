import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStateFolder, stateFolderOf } from '../../src/store/stateDir.ts'
import { freshFolder } from './folders.ts'

const linux = { env: {}, platform: 'linux', home: '/home/ann' } as const

describe('the state folder of a schedule', () => {
  it.each([
    ['Linux', linux, /^\/home\/ann\/.local\/state\/stream-orchestrator\/evening-show-[0-9a-f]{8}$/],
    ['Linux with XDG_STATE_HOME', { ...linux, env: { XDG_STATE_HOME: '/state' } }, /^\/state\/stream-orchestrator\//],
    [
      'Linux with a relative XDG_STATE_HOME',
      { ...linux, env: { XDG_STATE_HOME: 'state' } },
      /^\/home\/ann\/.local\/state\//,
    ],
    ['macOS', { ...linux, platform: 'darwin' }, /^\/home\/ann\/Library\/Application Support\/stream-orchestrator\//],
    [
      'Windows',
      { env: { LOCALAPPDATA: '/Users/ann/AppData/Local' }, platform: 'win32', home: '/Users/ann' },
      /^\/Users\/ann\/AppData\/Local\/stream-orchestrator\//,
    ],
  ] as const)('is where %s keeps state', (_, surroundings, folder) => {
    expect(stateFolderOf('/shows/Evening Show!.yaml', surroundings)).toMatch(folder)
  })

  it('is a different one for a file of the same name elsewhere', () => {
    expect(stateFolderOf('/a/show.yaml', linux)).not.toBe(stateFolderOf('/b/show.yaml', linux))
  })

  it('is the same one, whichever path leads to the file', async () => {
    const folder = await freshFolder()
    await writeFile(join(folder, 'show.yaml'), '')
    await symlink('show.yaml', join(folder, 'tonight.yaml'))
    expect(stateFolderOf(join(folder, 'tonight.yaml'))).toBe(stateFolderOf(join(folder, 'x', '..', 'show.yaml')))
  })
})

describe('a state folder', () => {
  it('is made if it is missing, and belongs to one orchestrator until that releases it', async () => {
    const folder = join(await freshFolder(), 'new', 'one')
    const first = await openStateFolder(folder)
    await expect(openStateFolder(folder)).rejects.toMatchObject({
      reason: 'inUse',
      message: expect.stringContaining(`state folder in use: ${folder} belongs to process ${process.pid}; stop`),
    })
    first.release()
    const second = await openStateFolder(folder)
    second.release()
  })

  it('is taken over from a process that was killed, but not from one that lives', async () => {
    const folder = await freshFolder()
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: other.pid, started: null }))
    await expect(openStateFolder(folder)).rejects.toMatchObject({ reason: 'inUse' })
    other.kill('SIGKILL')
    await once(other, 'exit')
    const taken = await openStateFolder(folder)
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
    taken.release()
  })

  it.skipIf(process.platform !== 'linux')(
    'is taken over if the number of its process now belongs to another process',
    async () => {
      const folder = await freshFolder()
      await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: '1' }))
      const taken = await openStateFolder(folder)
      taken.release()
    },
  )

  it('is taken over if a power cut left its lock empty', async () => {
    const folder = await freshFolder()
    await writeFile(join(folder, 'lock'), '')
    const taken = await openStateFolder(folder)
    taken.release()
  })

  it('that is of no use says why, and what to do', async () => {
    const folder = await freshFolder()
    await writeFile(join(folder, 'file'), '')
    await expect(openStateFolder(join(folder, 'file', 'state'))).rejects.toMatchObject({
      reason: 'unusable',
      message: expect.stringMatching(/can't be used: a file is in the place of its folder .* --state-dir$/),
    })
    await expect(openStateFolder(join(folder, 'file'))).rejects.toMatchObject({
      message: expect.stringContaining("can't be used: a file is in its place (EEXIST); choose"),
    })
    await mkdir(join(folder, 'odd', 'lock'), { recursive: true })
    await expect(openStateFolder(join(folder, 'odd'))).rejects.toMatchObject({ reason: 'unusable' })
  })

  it.skipIf(process.platform !== 'linux')('is not tried forever where no folder can be made', async () => {
    for (const folder of ['/proc/state', '/proc/state/of/a/show'])
      await expect(openStateFolder(folder)).rejects.toMatchObject({ reason: 'unusable' })
  })
})
