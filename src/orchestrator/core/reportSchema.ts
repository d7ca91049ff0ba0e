import { z } from 'zod'
import type { AdapterEvent } from './events.ts'

const at = z.number().optional()
const sentAt = z.number().nullable()
const output = z.string().min(1).optional()

const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('input'), input: z.string() }),
  z.object({ kind: z.literal('item'), scene: z.string(), item: z.string() }),
  z.object({ kind: z.literal('transition'), name: z.string() }),
  z.object({ kind: z.literal('act'), cue: z.string().nullable(), act: z.looseObject({ kind: z.string() }) }),
])

const shapes = {
  attached: {},
  seen: { scene: z.string(), by: z.enum(['operator', 'obs']), at },
  confirmed: {
    takeId: z.int(),
    sentAt,
    already: z.boolean(),
    at,
    how: z.enum(['armed', 'timed', 'plain']).optional(),
    errorFrames: z.int().optional(),
  },
  failed: { takeId: z.int(), sentAt, reason: z.string() },
  scenes: { scenes: z.array(z.string()) },
  sceneRenamed: { from: z.string(), to: z.string() },
  mediaPlaying: { input: z.string(), remaining: z.number() },
  mediaEnded: { input: z.string() },
  recording: { phase: z.enum(['off', 'recording', 'paused']) },
  problems: {
    code: z.string(),
    found: z.array(
      z.object({
        severity: z.enum(['error', 'warning']).optional(),
        message: z.string(),
        subject: subject.optional(),
      }),
    ),
  },
  clock: { offset: z.int() },
  gap: { since: z.int() },
} satisfies Record<Exclude<AdapterEvent['type'], 'link'>, z.ZodRawShape>

const link = z.discriminatedUnion('phase', [
  z.object({ phase: z.enum(['down', 'connecting']), output }),
  z.object({
    phase: z.literal('up'),
    obs: z.object({ version: z.string(), websocket: z.string(), platform: z.string() }),
    restarted: z.boolean().nullable(),
    program: z.string(),
    output,
  }),
])

/** What each report has to hold, by its type: adapters may be written by others. */
export const reportSchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['link', link],
  ...Object.entries(shapes).map(([type, shape]) => [type, z.object({ ...shape, output })] as const),
])

export const isReport = <T extends { readonly type: string }>(event: T | AdapterEvent): event is AdapterEvent =>
  reportSchemas.has(event.type)
