import type { AdapterEvent, Command } from '../../orchestrator/core/events.ts'

/** What an adapter tells the core. */
export type ObsReport = AdapterEvent | Extract<Command, { readonly type: 'updateStreamStatus' }>
