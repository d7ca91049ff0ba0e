import type { Schedule } from './schedule.ts'

/** Each scene that the schedule names, wherever it does, once, in the order of the file: those of cues first. */
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
