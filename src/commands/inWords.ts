import { commandEntries } from './table.ts'

/** A command as the log says it: `forceScene BRB, until 30s, toggle`. */
export function commandInWords(command: { readonly type: string }): string {
  const { type, ...given } = command
  const needs = commandEntries.get(type)?.needs ?? {}
  const words = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (value === true) return name
      const said = typeof value === 'string' ? value : JSON.stringify(value)
      return name in needs ? said : `${name} ${said}`
    })
  return words.length === 0 ? type : `${type} ${words.join(', ')}`
}
