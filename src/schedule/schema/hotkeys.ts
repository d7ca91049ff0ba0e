import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import { argumentNames } from '../../commands/table.ts'
import { listed } from '../../values/fields.ts'
import { parseKeys } from '../../values/keys.ts'
import type { Hotkey } from '../model/schedule.ts'
import { error, type Finding, type Path, type Report } from './finding.ts'
import { entryReader, findingsOf } from './issues.ts'
import { hotkeySchema, type WrittenHotkey } from './schema.ts'

/** The hotkeys of the file; undefined stands for a broken hotkey. */
export function readHotkeys(written: readonly unknown[], report: Report): readonly (Hotkey | undefined)[] {
  const readEntry = entryReader(hotkeySchema, (hotkey, path) => readHotkey(hotkey, path, report), report)
  return written.map((entry, index) => readEntry(entry, ['hotkeys', index]))
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
    const message = `\`forceScene\` says it all: delete \`${second}\``
    report({ ...error('twoCommands', [...path, second], message), target: 'key' })
    return undefined
  }
  const command = forceScene !== undefined ? { type: 'forceScene', scene: forceScene, ...given } : { type, ...given }
  const parsed = operatorCommandSchema.safeParse(command, { reportInput: true })
  if (parsed.success) return { keys: chord, command: parsed.data }
  for (const finding of findingsOf(parsed.error.issues, path)) report(inWordsOf(command.type ?? '', finding))
  return undefined
}

/** Says which command a wrong or missing argument was given to. */
function inWordsOf(command: string, finding: Finding): Finding {
  const names = argumentNames(command)
  if (finding.code === 'unknownKey') {
    const takes = names.length === 0 ? 'no arguments' : listed(names, 'and')
    return {
      ...finding,
      code: 'wrongArgument',
      message: `\`${command}\` doesn't take \`${finding.path.at(-1)}\`: it takes ${takes}`,
    }
  }
  if (finding.code !== 'missingKey') return finding
  return { ...finding, code: 'missingArgument', message: `${finding.message} (\`${command}\` needs it)` }
}
