import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import { argumentNames } from '../../commands/table.ts'
import { parseKeys } from '../../values/keys.ts'
import type { Hotkey } from '../model/schedule.ts'
import { error, type Finding, type Path, type Report } from './finding.ts'
import { findingsOf, listed } from './issues.ts'
import { hotkeySchema, type WrittenHotkey } from './schema.ts'

/** The hotkeys of the file; undefined in place of one that is broken, and has been reported. */
export function readHotkeys(written: readonly unknown[], report: Report): (Hotkey | undefined)[] {
  return written.map((entry, index) => {
    const path = ['hotkeys', index]
    const parsed = hotkeySchema.safeParse(entry, { reportInput: true })
    if (parsed.success) return readHotkey(parsed.data, path, report)
    for (const finding of findingsOf(parsed.error.issues, path)) report(finding)
    return undefined
  })
}

function readHotkey(written: WrittenHotkey, path: Path, report: Report): Hotkey | undefined {
  const { keys, forceScene, command: type, ...rest } = written
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const chord = parseKeys(keys)
  if (chord === null) return undefined
  if (forceScene === undefined && type === undefined) {
    report(error('emptyHotkey', path, 'this hotkey does nothing: add `forceScene: …` or `command: …`'))
    return undefined
  }
  if (forceScene !== undefined && (type !== undefined || given['scene'] !== undefined)) {
    const second = type !== undefined ? 'command' : 'scene'
    const message = `\`forceScene\` says all of it: leave \`${second}\` out`
    report({ ...error('twoCommands', [...path, second], message), target: 'key' })
    return undefined
  }
  const command = forceScene !== undefined ? { type: 'forceScene', scene: forceScene, ...given } : { type, ...given }
  const parsed = operatorCommandSchema.safeParse(command, { reportInput: true })
  if (parsed.success) return { keys: chord, command: parsed.data }
  for (const finding of findingsOf(parsed.error.issues, path)) report(inWordsOf(command.type ?? '', finding))
  return undefined
}

/** A wrong argument, said in terms of the command that it was given to. */
function inWordsOf(command: string, finding: Finding): Finding {
  const names = argumentNames(command)
  if (finding.code === 'unknownKey') {
    const takes = names.length === 0 ? 'no arguments' : listed(names).replace(' or ', ' and ')
    return {
      ...finding,
      code: 'wrongArgument',
      message: `\`${command}\` doesn't take \`${finding.path.at(-1)}\`: it takes ${takes}`,
    }
  }
  if (finding.code !== 'missingKey') return finding
  return { ...finding, code: 'missingArgument', message: `${finding.message} (it is what \`${command}\` needs)` }
}
