import { type App, type AppOptions, startApp } from '../../src/app.ts'

/** Plays a schedule on this OBS from the start, without keys, a watched file, or a log of more than errors. */
export function startTestApp(options: Pick<AppOptions, 'schedule' | 'obs' | 'stateFolder' | 'clock'>): Promise<App> {
  return startApp({
    ...options,
    file: 'show.yaml',
    readFile: () => Promise.resolve({ schedule: undefined, problems: [] }),
    http: null,
    start: true,
    hotkeys: false,
    log: 'json',
    logLevel: 'error',
    onQuit: () => {},
  })
}
