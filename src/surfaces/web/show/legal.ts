import type { Mode, Snapshot } from '../../../orchestrator/core/snapshot.ts'
import type { CommandList, Role } from '../server/wire.ts'

/** What decides whether a command can be sent. */
export type Situation = {
  readonly state: Snapshot | null
  readonly commands: CommandList['commands']
  readonly role: Role
  readonly isConnected: boolean
}

/** Why a command can't be sent as things stand; null if it can. The server has the last word; this is what a button says before. */
export function whyNot(command: string, { state, commands, role, isConnected }: Situation): string | null {
  if (role === 'view') return 'View only: the token of this page may not command'
  if (!isConnected || state === null) return 'Not connected to the orchestrator'
  const entry = commands.find(({ type }) => type === command)
  if (entry === undefined)
    return commands.length === 0 ? 'Waiting for the orchestrator' : 'This orchestrator has no such command'
  if (!entry.modes.includes(state.mode)) return wrongMode(command, state.mode)
  return details[command]?.(state) ?? null
}

/** What else a command needs. */
const details: Readonly<Record<string, (state: Snapshot) => string | null>> = {
  stop: ({ mode, armedFor }) => (mode === 'idle' && armedFor === null ? 'No show is on' : null),
  next: ({ next }) => (next === null ? 'This is the last cue' : null),
  previous: ({ cue }) => (cue?.index === 0 ? 'This is the first cue of the round' : null),
  unhold: ({ cue }) => (cue?.plannedEndsAt === null ? 'This cue has no planned end' : null),
  extend: ({ cue }) => (cue?.plannedEndsAt === null ? 'This cue has no planned end' : null),
  reset: ({ mode, override }) => (mode === 'idle' && override === null ? 'The show is at its beginning' : null),
  release: ({ override }) => (override === null ? 'No force is on' : null),
}

function wrongMode(command: string, mode: Mode): string {
  if (mode === 'unconfigured') return 'No schedule is loaded'
  if (command === 'start') return 'The show is on already'
  if (command === 'pause' && mode === 'paused') return 'The show is paused already'
  if (command === 'resume') return 'The show is not paused'
  if (command === 'reset') return 'Nothing to reset'
  if (mode === 'stopped') return 'The show was stopped'
  if (mode === 'finished') return 'The show is over'
  return 'No show is on'
}

export type GoAction = { readonly command: 'start' | 'next' | 'resume'; readonly label: string }

/** What the one big button does. */
export function goAction(mode: Mode | undefined): GoAction {
  if (mode === 'running') return { command: 'next', label: 'Next' }
  if (mode === 'paused') return { command: 'resume', label: 'Resume' }
  return { command: 'start', label: 'Start' }
}
