import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type ObsSettings = {
  readonly port: number
  readonly password: string
  readonly width: number
  readonly height: number
  readonly fps: number
  readonly recordDir: string
}

/**
 * Writes the settings of an OBS that never asks and never shows a dialog. Versions up to 30 read global.ini, those from 31 on read
 * user.ini and the plugin's folder. Existing scenes stay.
 */
export function writeObsHome(home: string, settings: ObsSettings): void {
  const folder = join(home, '.config/obs-studio')
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  mkdirSync(settings.recordDir, { recursive: true })
  write('global.ini', ini({ General: globalSettings, Basic: names, OBSWebSocket: webSocketOf29(settings) }))
  write('user.ini', ini({ General: userSettings, Basic: names }))
  write('plugin_config/obs-websocket/config.json', JSON.stringify(webSocketOf31(settings)))
  if (!existsSync(join(folder, PROFILE))) write(PROFILE, ini(profile(settings)))
}

/**
 * After OBS was killed, it asks in a dialog what to do, so it hangs. Without its marks it starts as after a clean end. The old logs go
 * too, so that any log belongs to this run.
 */
export function forgetPreviousRun(home: string): void {
  for (const mark of ['safe_mode', '.sentinel', 'logs']) {
    rmSync(join(home, '.config/obs-studio', mark), { recursive: true, force: true })
  }
}

const PROFILE = 'basic/profiles/Untitled/basic.ini'

const globalSettings = {
  FirstRun: true,
  LastVersion: 486539266,
  Pre19Defaults: false,
  Pre21Defaults: false,
  Pre23Defaults: false,
  'Pre24.1Defaults': false,
  Pre31Migrated: true,
  EnableAutoUpdates: false,
  ConfirmOnExit: false,
}

const userSettings = { FirstRun: true, EnableAutoUpdates: false, ConfirmOnExit: false }

const names = {
  Profile: 'Untitled',
  ProfileDir: 'Untitled',
  SceneCollection: 'Untitled',
  SceneCollectionFile: 'Untitled',
}

function webSocketOf29({ port, password }: ObsSettings): Section {
  return {
    FirstLoad: false,
    ServerEnabled: true,
    ServerPort: port,
    AlertsEnabled: false,
    AuthRequired: true,
    ServerPassword: password,
  }
}

function webSocketOf31({ port, password }: ObsSettings) {
  return {
    alerts_enabled: false,
    auth_required: true,
    first_load: false,
    server_enabled: true,
    server_password: password,
    server_port: port,
  }
}

/** The cheapest encoder settings: only each frame's colour counts, and the machine may be slow. */
function profile({ width, height, fps, recordDir }: ObsSettings): Record<string, Section> {
  return {
    General: { Name: 'Untitled' },
    Video: {
      BaseCX: width,
      BaseCY: height,
      OutputCX: width,
      OutputCY: height,
      FPSType: 1,
      FPSInt: fps,
      FPSCommon: fps,
    },
    Output: { Mode: 'Simple' },
    SimpleOutput: {
      FilePath: recordDir,
      RecFormat: 'mkv',
      RecFormat2: 'mkv',
      RecQuality: 'Stream',
      StreamEncoder: 'x264',
      RecEncoder: 'x264',
      Preset: 'ultrafast',
      UseAdvanced: true,
      VBitrate: 1000,
    },
  }
}

type Section = Readonly<Record<string, string | number | boolean>>

function ini(sections: Readonly<Record<string, Section>>): string {
  return Object.entries(sections)
    .map(([name, section]) => `[${name}]\n${lines(section)}\n`)
    .join('\n')
}

function lines(section: Section): string {
  return Object.entries(section)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}
