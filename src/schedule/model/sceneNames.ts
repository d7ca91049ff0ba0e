import type { Schedule } from './schedule.ts'

/** The names of all scenes in the schedule, each once: those of cues first, in the order of the file. */
export function sceneNames(schedule: Schedule): readonly string[] {
  const { cues, scenes, recurring, hotkeys, fallback, filler } = schedule
  const actions = [...cues, ...Object.values(scenes)].flatMap((one) => one.actions)
  return [
    ...new Set([
      ...cues.map(({ scene }) => scene),
      ...Object.keys(scenes),
      ...recurring.map(({ scene }) => scene),
      ...hotkeys.flatMap(({ command }) => (typeof command['scene'] === 'string' ? [command['scene']] : [])),
      ...[fallback, filler].filter((scene) => scene !== null),
      ...actions.flatMap((action) => ('state' in action && action.state.kind === 'item' ? [action.state.scene] : [])),
    ]),
  ]
}
