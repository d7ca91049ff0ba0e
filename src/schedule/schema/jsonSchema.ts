import { z } from 'zod'
import { fileSchema } from './schema.ts'

/** The JSON Schema of schedule files, with which editors complete and check a file as you type. */
export function jsonSchema(): object {
  const { $schema, additionalProperties, ...rest } = z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' })
  return {
    $schema,
    title: 'stream-orchestrator schedule',
    description: 'A show: which OBS scene is on air, and when',
    ...rest,
    patternProperties: { '^x-': { description: 'For your own use, such as anchors' } },
    additionalProperties,
  }
}
