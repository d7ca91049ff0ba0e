import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Mirror } from './mirror.ts'

/** What has to be undone in OBS some day. The core keeps it, so that the next process can do that if this one is killed. */
export type Kept = z.infer<typeof schema>

const schema = z.object({
  replaced: z.object({ name: z.string().nullable(), duration: z.number().nullable() }),
  states: z.array(
    z.object({
      state: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('item'), scene: z.string(), item: z.string(), visible: z.boolean() }),
        z.object({ kind: z.literal('mute'), input: z.string(), muted: z.boolean() }),
      ]),
      done: z.boolean(),
    }),
  ),
})

/** Null if it is the same as before. */
export function newlyKept(before: Mirror, after: Mirror): Kept | null {
  if (before.replaced === after.replaced && before.states === after.states) return null
  const [was, is] = [keptOf(before), keptOf(after)]
  return isDeepStrictEqual(was, is) ? null : is
}

const keptOf = ({ replaced, states }: Mirror): Kept => ({
  replaced,
  states: states.map(({ state, done }) => ({ state, done })),
})

/** A mirror that knows what an earlier process kept. OBS may have been started again since. */
export function withKept(mirror: Mirror, kept: unknown): Mirror {
  const { data } = schema.safeParse(kept)
  if (data === undefined) return mirror
  return { ...mirror, replaced: data.replaced, states: data.states.map((one) => ({ ...one, sure: false })) }
}
