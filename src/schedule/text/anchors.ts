import { type Alias, type Document, isAlias, isNode, type Node, visit, YAMLMap } from 'yaml'

/** What each alias of a document stands for; an alias of nothing isn't in it. Found in one go, since one by one is slow. */
export type Targets = ReadonlyMap<Alias, Node>

export function targetsIn(document: Document): Targets {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source)
        if (target !== undefined) targets.set(node, target)
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node)
      }
    },
  })
  return targets
}

/** What an alias stands for, any other node itself; null for nothing, undefined for an alias of nothing. */
export function resolved(value: unknown, targets: Targets): Node | null | undefined {
  if (isAlias(value)) return targets.get(value)
  return isNode(value) ? value : null
}

export type AliasMistake = { readonly code: string; readonly message: string; readonly node: Node }

export const MOST_ALIASES = 100

/** Aliases that stand for nothing, or for themselves: each gives way to an empty map. And the first of too many. */
export function takeOutAliasMistakes(document: Document, targets: Targets): AliasMistake[] {
  const mistakes: AliasMistake[] = []
  let count = 0
  visit(document, {
    Alias(_key, node, path) {
      count += 1
      const target = targets.get(node)
      if (count === MOST_ALIASES + 1) {
        const message = `this is alias number ${count}: a schedule has at most ${MOST_ALIASES}; write some of them out`
        mistakes.push({ code: 'tooManyAliases', message, node })
      }
      if (target === undefined) {
        const message = `there is no anchor &${node.source} above: \`*${node.source}\` stands for nothing`
        mistakes.push({ code: 'unknownAnchor', message, node })
      } else if (path.some((above) => above === target)) {
        const message = `\`*${node.source}\` stands for something that contains it: write out what is meant`
        mistakes.push({ code: 'endlessAlias', message, node })
      } else return undefined
      const nothing = new YAMLMap()
      nothing.range = node.range ?? null
      return nothing
    },
  })
  return mistakes
}
