// Installs the packages of package-lock.json. Needs nothing but Node.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('..', import.meta.url))

/** Installs the npm packages if they are missing or older than the lock file. */
export function installPackages() {
  const lock = join(project, 'package-lock.json')
  const mark = join(project, 'node_modules/.package-lock.json')
  const hasLock = existsSync(lock)
  if (existsSync(mark) && (!hasLock || statSync(mark).mtimeMs >= statSync(lock).mtimeMs)) return
  console.error('Installing the npm packages …')
  npm([hasLock ? 'ci' : 'install', '--include=dev', '--no-audit', '--no-fund'])
}

/** Runs npm with its output on stderr. Ends this process if npm fails. */
export function npm(args) {
  const { npm_execpath: path } = process.env
  const [command, before] = path ? [process.execPath, [path]] : ['npm', []]
  const { status, signal } = spawnSync(command, [...before, ...args], {
    cwd: project,
    stdio: ['ignore', 2, 2],
    shell: !path && process.platform === 'win32',
  })
  if (status === 0) return
  console.error(`npm ${args.join(' ')} failed${signal ? ` (${signal})` : ''}`)
  process.exit(1)
}
