import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'
import { searchPath } from './childProcess.ts'
import { obsCommand } from './obsVersions.ts'

/** What an end-to-end test needs: a program each, except that `rtmp` is nginx with its RTMP module. */
export type Requirement =
  | 'obs'
  | 'display'
  | 'ffmpeg'
  | 'xdotool'
  | 'rtmp'
  | 'browser'
  | 'bash'
  | 'curl'
  | 'jq'
  | 'systemd-analyze'

/**
 * `describe` for suites on a real OBS. They need OBS, a display, ffmpeg and what else is named. If something is missing, the suite is
 * skipped and its name says why; in CI and with REQUIRE_OBS=1 it fails.
 *
 *     requireRealObs('xdotool')('a hotkey pressed on the desktop', () => { ... })
 */
export function requireRealObs(...also: Requirement[]): (name: string, suite: () => void) => void {
  return describeWith(['obs', 'display', 'ffmpeg', ...also])
}

/** The same for suites that need only these. */
export const requirePrograms = (...needed: Requirement[]): ((name: string, suite: () => void) => void) =>
  describeWith(needed)

function describeWith(needed: readonly Requirement[]): (name: string, suite: () => void) => void {
  const missing = needed.map(lackOf).filter((lack) => lack !== undefined)
  if (missing.length === 0) return (name, suite) => describe(name, suite)
  const why = missing.join('; ')
  if (isRequired()) throw new Error(`this end-to-end test can't run here: ${why}`)
  return (name, suite) => describe.skip(`${name} (skipped: ${why})`, suite)
}

function isRequired(): boolean {
  return (process.env['CI'] ?? '') !== '' || process.env['REQUIRE_OBS'] === '1'
}

/** Says why the requirement isn't met; undefined if it is. */
function lackOf(requirement: Requirement): string | undefined {
  switch (requirement) {
    case 'obs':
      return obsCommand().missing
    case 'display':
      return programLack('Xvfb', 'xvfb') ?? programLack('setpriv', 'util-linux')
    case 'ffmpeg':
      return programLack('ffmpeg', 'ffmpeg')
    case 'xdotool':
      return programLack('xdotool', 'xdotool')
    case 'browser':
      return programLack('chromium', 'chromium')
    case 'bash':
    case 'curl':
    case 'jq':
      return programLack(requirement, requirement)
    case 'systemd-analyze':
      return programLack('systemd-analyze', 'systemd')
    case 'rtmp':
      return programLack('nginx', 'nginx-light') ?? (rtmpModule() ? undefined : lack('RTMP for nginx', RTMP_PACKAGE))
  }
}

const RTMP_PACKAGE = 'libnginx-mod-rtmp'

/** The path of nginx's RTMP module, if it is installed. */
export function rtmpModule(): string | undefined {
  return ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/share/nginx/modules']
    .map((folder) => join(folder, 'ngx_rtmp_module.so'))
    .find((file) => canBeRead(file))
}

function programLack(program: string, debianPackage: string): string | undefined {
  return pathOf(program) === undefined ? lack(program, debianPackage) : undefined
}

/** Where a program is installed. */
export function pathOf(program: string): string | undefined {
  const folders = searchPath.split(':').filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, program)).find(canBeRead)
}

function lack(what: string, debianPackage: string): string {
  return `${what} is not installed (on Debian: apt-get install ${debianPackage})`
}

function canBeRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}
