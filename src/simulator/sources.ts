import { type Fields, Status } from './protocol.ts'
import { found, Refusal, type RequestFields } from './requestFields.ts'
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
  const comment = `No scene items were found in scene \`${scene.name}\` with the ID \`${id}\`.`
  return { scene, item: found(item, Status.resourceNotFound, comment) }
}

export function theTransition(world: World, name: string): Transition {
  const transition = world.collection.transitions.find((one) => one.name === name)
  return found(transition, Status.resourceNotFound, 'No scene transition was found by that name.')
}

export const sceneFields = ({ name, uuid }: Scene): Fields => ({ sceneName: name, sceneUuid: uuid })
export const inputFields = ({ name, uuid }: Input): Fields => ({ inputName: name, inputUuid: uuid })

/** OBS counts versions of an input kind in its name, as in `color_source_v3`. */
export const kindFields = ({ kind }: Input): Fields => ({
  inputKind: kind,
  unversionedInputKind: kind.replace(/_v\d+$/, ''),
})

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
  const uuid = textIn(fields, `${what}Uuid`)
  if (uuid !== null) {
    const source = everySource(world).find((one) => one.uuid === uuid)
    return found(source, Status.resourceNotFound, `No source was found by the UUID of \`${uuid}\`.`)
  }
  const name = found(
    textIn(fields, `${what}Name`),
    Status.missingRequestField,
    `Your request must contain at least one of the following fields: \`${what}Name\` or \`${what}Uuid\`.`,
  )
  return found(sourceNamed(world, name), Status.resourceNotFound, `No source was found by the name of \`${name}\`.`)
}

/** A name of the wrong type counts as missing, as in OBS since 30.1. */
function textIn(fields: RequestFields, field: string): string | null {
  const text = fields.has(field) ? fields.value(field) : null
  return typeof text === 'string' && text !== '' ? text : null
}

const everySource = ({ collection }: World): (Scene | Input)[] => [...collection.scenes, ...collection.inputs]
