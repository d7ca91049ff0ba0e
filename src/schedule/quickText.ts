import { CORE_SCHEMA, load, mergeTag } from 'js-yaml'
import { MOST_ALIASES } from './yamlText.ts'

const SCHEMA = CORE_SCHEMA.withTags(mergeTag)

/**
 * The plain values of a YAML text, without their positions, some eight times as fast as `parseText`; undefined where
 * anything is wrong with the text. Values and merge keys are those of `parseText`, and a law in the tests says so.
 */
export function quickValues(text: string): unknown {
  try {
    return load(text, { schema: SCHEMA, maxAliases: MOST_ALIASES })
  } catch {
    return undefined
  }
}
