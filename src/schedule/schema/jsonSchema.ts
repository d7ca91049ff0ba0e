import { z } from 'zod'
import { fileSchema } from './schema.ts'

/** The JSON Schema of schedule files, by which editors complete and check while one types. */
export function jsonSchema(): object {
  const { $schema, additionalProperties, ...rest } = z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' })
  return {
    $schema,
    title: 'stream-orchestrator schedule',
    description: 'A show: which scene of OBS is on air when',
    ...rest,
    patternProperties: { '^x-': { description: 'Yours, for anchors' } },
    additionalProperties,
  }
}
