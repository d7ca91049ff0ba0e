import { jsonSchema } from '../schedule/schema/schema.ts'
import type { Io } from './io.ts'

/** Prints the JSON Schema of schedule files. */
export async function schema(io: Io): Promise<number> {
  io.stdout(JSON.stringify(jsonSchema(), null, 2))
  return 0
}
