// Installs what the end-to-end tests need from the system, if it may: on Debian, as root.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

const PACKAGES = [
  'obs-studio',
  'xvfb',
  'libgl1-mesa-dri',
  'ffmpeg',
  'xdotool',
  'curl',
  'jq',
  'systemd',
  'nginx-light',
  'libnginx-mod-rtmp',
  'chromium',
]

/** Installs `more`, too. Returns undefined if everything is there, or else says what is missing and why it wasn't installed. */
export function installSystemPackages(more = []) {
  if (!isDebian()) return 'OBS, Xvfb, ffmpeg, xdotool, nginx and Chromium are installed by this script on Debian only'
  const missing = [...PACKAGES, ...more].filter((name) => !isInstalled(name))
  if (missing.length === 0) return undefined
  if (process.getuid() !== 0) return `only root can install ${missing.join(' ')}`
  console.error(`Installing ${missing.join(' ')} …`)
  const installed = withoutStartingServices(
    () => apt(['update', '-q']) && apt(['install', '-y', '-q', '--no-install-recommends', ...missing]),
  )
  return installed ? undefined : `apt-get could not install ${missing.join(' ')}`
}

function isDebian() {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}

function isInstalled(name) {
  const { stdout } = spawnSync('dpkg', ['--status', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  return stdout.includes('\nStatus: install ok installed\n')
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
}

/**
 * Debian starts a server as soon as it is installed, and at each boot. The tests start their own nginx, and shouldn't leave a web
 * server on port 80 behind.
 */
function withoutStartingServices(install) {
  const policy = '/usr/sbin/policy-rc.d'
  const isOurs = !existsSync(policy)
  const bringsNginx = !existsSync('/usr/sbin/nginx')
  const wait = () => {} // An interrupt ends apt-get; we stay to remove the policy.
  process.on('SIGINT', wait).on('SIGTERM', wait)
  try {
    if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    return install()
  } finally {
    if (isOurs) rmSync(policy, { force: true })
    if (bringsNginx && existsSync('/usr/bin/systemctl')) spawnSync('systemctl', ['disable', 'nginx'])
    process.off('SIGINT', wait).off('SIGTERM', wait)
  }
}
