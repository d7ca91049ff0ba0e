import { didYouMean } from '../../values/nearest.ts'
import type { Draft } from '../model/draft.ts'
import { error, type Report, warning } from '../schema/finding.ts'

/** That keys mean one thing each, and what they name is there. */
export function lintHotkeys({ hotkeys, cues }: Draft, report: Report): void {
  const first = new Map<string, number>()
  const known = cues.includes(undefined) ? null : new Map(cues.map((cue) => [cue?.id ?? '', cue]))
  hotkeys.forEach((hotkey, index) => {
    if (hotkey === undefined) return
    const { keys, command } = hotkey
    const before = first.get(keys.label)
    if (before === undefined) first.set(keys.label, index)
    else {
      const other = { path: ['hotkeys', before, 'keys'], is: 'the other one' }
      const message = `${keys.label} has another hotkey already: choose other keys for one of them`
      report(error('sameKeys', ['hotkeys', index, 'keys'], message, other))
    }
    if (!keys.ctrl && !keys.alt && !keys.meta && /^(Key|Digit)/.test(keys.code)) {
      const message = `${keys.label} alone is pressed whenever somebody types, in any window: add Ctrl, Alt or Meta`
      report(warning('bareKey', ['hotkeys', index, 'keys'], message))
    }
    for (const argument of ['cue', 'ifCue']) {
      const id = command[argument]
      if (typeof id !== 'string' || known === null) continue
      const path = ['hotkeys', index, argument]
      if (!known.has(id))
        report(error('unknownCue', path, `no cue has the id \`${id}\`${didYouMean(id, known.keys())}`))
      else if (known.get(id)?.skip)
        report(warning('skippedCue', path, `the cue \`${id}\` has \`skip: true\`: it never plays`))
    }
  })
}
