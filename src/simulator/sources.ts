import { Status } from './protocol.ts'
import { Refusal, type RequestFields } from './requestFields.ts'
import type { Input, Item, Scene, Transition, World } from './world.ts'

// These functions find what a request names, or refuse the request as OBS does.

export function theScene(world: World, fields: RequestFields): Scene {
  const source = theSource(world, fields, 'scene')
  if (isInput(source)) throw new Refusal(Status.invalidResourceType, 'The specified source is not a scene.')
  return source
}

export function theInput(world: World, fields: RequestFields): Input {
  const source = theSource(world, fields, 'input')
  if (!isInput(source)) throw new Refusal(Status.invalidResourceType, 'The specified source is not an input.')
  return source
}

export function theItem(world: World, fields: RequestFields): { scene: Scene; item: Item } {
  const scene = theScene(world, fields)
  const id = fields.number('sceneItemId', 0)
  const item = scene.items.find((one) => one.id === id)
  if (item) return { scene, item }
  throw new Refusal(
    Status.resourceNotFound,
    `No scene items were found in scene \`${scene.name}\` with the ID \`${id}\`.`,
  )
}

export function theTransition(world: World, name: string): Transition {
  const transition = world.collection.transitions.find((one) => one.name === name)
  if (transition) return transition
  throw new Refusal(Status.resourceNotFound, 'No scene transition was found by that name.')
}

export function sourceNamed(world: World, name: string): Scene | Input | undefined {
  return everySource(world).find((source) => source.name === name)
}

export function isInput(source: Scene | Input): source is Input {
  return 'kind' in source
}

/** The inputs that a scene shows, also through scenes within it. Hidden items show nothing. */
export function inputsShown(scene: Scene, seen: Set<Scene> = new Set()): Set<Input> {
  if (seen.has(scene)) return new Set()
  seen.add(scene)
  const shown = scene.items.filter((item) => item.enabled).map((item) => item.source)
  return new Set(shown.flatMap((source) => (isInput(source) ? [source] : [...inputsShown(source, seen)])))
}

function theSource(world: World, fields: RequestFields, what: 'scene' | 'input'): Scene | Input {
  const uuidField = `${what}Uuid`
  const nameField = `${what}Name`
  const uuid = textIn(fields, uuidField)
  if (uuid !== null) {
    const source = everySource(world).find((one) => one.uuid === uuid)
    if (source) return source
    throw new Refusal(Status.resourceNotFound, `No source was found by the UUID of \`${uuid}\`.`)
  }
  const name = textIn(fields, nameField)
  if (name === null) {
    throw new Refusal(
      Status.missingRequestField,
      `Your request must contain at least one of the following fields: \`${nameField}\` or \`${uuidField}\`.`,
    )
  }
  const source = sourceNamed(world, name)
  if (source) return source
  throw new Refusal(Status.resourceNotFound, `No source was found by the name of \`${name}\`.`)
}

/** A name of the wrong type counts as missing, as in OBS since 30.1. */
function textIn(fields: RequestFields, field: string): string | null {
  const text = fields.has(field) ? fields.value(field) : null
  return typeof text === 'string' && text !== '' ? text : null
}

const everySource = ({ collection }: World): (Scene | Input)[] => [...collection.scenes, ...collection.inputs]
