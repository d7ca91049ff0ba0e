// `npm run test:obs-versions`: runs the contract and end-to-end tests on several versions of OBS, one after the other.
// Each version that isn't installed gets its own Debian in the cache folder, where OBS runs by chroot; the display, ffmpeg and the
// tests stay outside. Needs Debian and root. The first run installs what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages, project } from './installed.mjs'
import { installSystemPackages } from './systemPackages.mjs'

const VERSIONS = [
  { version: '29.0', release: 'bookworm' },
  { version: '30.2', release: 'trixie' },
  { version: '32.2', release: 'sid' },
]
// OBS opens libGL by name, so its package doesn't depend on libgl1.
const PACKAGES = ['obs-studio', 'libgl1', 'libgl1-mesa-dri']
const TESTS = ['test/endToEnd', 'test/contract', 'test/obs/adapter']

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'stream-orchestrator')

if (process.env.OBS_VERSIONS_MOUNTS !== 'private') inOwnMountNamespace()
else runAll()

/**
 * In our own mount namespace nobody else sees our bind mounts, and they are gone with our last process. Nothing has to be unmounted,
 * and removing the cache folder can never reach through one of them.
 */
function inOwnMountNamespace() {
  if (process.platform !== 'linux' || process.getuid() !== 0) fail('this needs Linux and root, for chroot and mount')
  installPackages()
  const lack = installSystemPackages(['debootstrap'])
  if (lack !== undefined) fail(lack)
  const node = [process.execPath, ...process.argv.slice(1)]
  const env = { ...process.env, OBS_VERSIONS_MOUNTS: 'private' }
  const { status } = spawnSync('unshare', ['--mount', '--propagation', 'private', '--', ...node], {
    stdio: 'inherit',
    env,
  })
  process.exit(status ?? 1)
}

function runAll() {
  const wanted = process.argv.slice(2)
  const chosen = VERSIONS.filter(
    ({ version }) => wanted.length === 0 || wanted.some((name) => version.startsWith(name)),
  )
  if (chosen.length === 0) fail(`there is no such version; known: ${VERSIONS.map(({ version }) => version).join(', ')}`)
  const results = chosen.map((entry) => ({ name: prepare(entry), passed: test(entry) }))
  console.log('')
  for (const { name, passed } of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name}`)
  process.exit(results.every(({ passed }) => passed) ? 0 : 1)
}

function test(entry) {
  const version = isInstalled(entry) ? 'installed' : entry.version
  const { status } = spawnSync(process.execPath, [join(project, 'node_modules/vitest/vitest.mjs'), 'run', ...TESTS], {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, OBS_VERSION: version, REQUIRE_OBS: '1' },
  })
  return status === 0
}

/** Makes this version ready to start, and returns what it calls itself. */
function prepare(entry) {
  if (isInstalled(entry)) return announce(installedVersion())
  const root = join(cache, `obs-${entry.version}`)
  if (!existsSync(join(root, 'usr/bin/obs'))) build(entry, root)
  mount(root)
  return announce(output('chroot', [root, 'obs', '--version']))
}

function announce(name) {
  console.log(`\n--- ${name}\n`)
  return name
}

/** Builds the folder beside its place and moves it there when it is complete, so that a folder in its place is complete. */
function build({ version, release }, root) {
  const partial = `${root}.partial`
  console.log(`setting up OBS ${version} in ${root} (Debian ${release}), which takes some minutes`)
  removeUnmounted(partial)
  mkdirSync(cache, { recursive: true })
  need('debootstrap', ['--variant=minbase', release, partial])
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LANG: 'C.UTF-8' }
  need('chroot', [partial, 'apt-get', 'install', '-y', '--no-install-recommends', ...PACKAGES], env)
  need('chroot', [partial, 'apt-get', 'clean'], env)
  removeUnmounted(root)
  renameSync(partial, root)
}

function mount(root) {
  for (const folder of new Set(['/dev', '/proc', '/tmp', tmpdir()])) {
    mkdirSync(join(root, folder), { recursive: true })
    need('mount', ['--rbind', folder, join(root, folder)])
  }
}

function removeUnmounted(folder) {
  const mounted = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4]?.startsWith(`${folder}/`))
  if (mounted) fail(`something is mounted in ${folder}: unmount it first`)
  rmSync(folder, { recursive: true, force: true })
}

function isInstalled({ version }) {
  return installedVersion().includes(` ${version}.`)
}

function installedVersion() {
  return output('obs', ['--version'])
}

function output(command, args) {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return (stdout ?? '').trim()
}

function need(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  if (error) fail(`${command} can't be started (${error.message}); on Debian: apt-get install ${command}`)
  if (status !== 0) fail(`${command} ${args.join(' ')} ended with ${status}`)
}

function fail(message) {
  console.error(`test:obs-versions: ${message}`)
  process.exit(1)
}
