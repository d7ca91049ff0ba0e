import { createReplay, type Replay, type Replayed } from '../orchestrator/core/replay.ts'
import { errorCode, failure } from '../store/failure.ts'
import { readJournal } from '../store/journal.ts'
import { changedToJson, type EventLine, isCheckpoint, isEvent, readLine } from '../store/lines.ts'
import { counted } from '../surfaces/terminal/words.ts'
import type { Io } from './io.ts'

/** Runs a journal again. Stops at the first line whose event now has another result. */
export async function replay(file: string, io: Io): Promise<number> {
  let events = 0
  let runs = 0
  let reached = 0
  const broken: string[] = []
  let current: Replay | null = null
  try {
    for await (const { line: number, written: text, offset } of readJournal(file)) {
      reached = number
      const line = readLine(text, offset)
      if (line === null) broken.push(`${file}:${number}: this line is incomplete and was left out`)
      else if (isCheckpoint(line)) {
        current = createReplay(line.checkpoint, line.seq)
        runs++
      }
      // If the file isn't a journal, only that is said.
      if (current !== null) for (const said of broken.splice(0)) io.stderr(said)
      if (line === null || !isEvent(line)) continue
      if (current === null) break
      const again = current.play(line.event, line.at) ?? nothingCameOf(line)
      const [recorded, replayed] = [written({ ...line, type: line.event.type }), written(again)]
      events++
      if (recorded === replayed) continue
      io.stdout(`${file}:${number}: this event now has another result`)
      io.stdout(`recorded: ${recorded}`)
      io.stdout(`replayed: ${replayed}`)
      return 1
    }
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'there is no such file' : failure(error)
    // Only errors of the file system have a code. Any other comes from a line that no orchestrator wrote.
    if (errorCode(error) === null) io.stderr(`${file}:${reached}: this line is damaged and can't be replayed: ${why}`)
    else io.stderr(`${file} can't be read: ${why}`)
    return 2
  }
  if (runs === 0) {
    io.stderr(`${file}: this is not a journal: it doesn't begin with a checkpoint`)
    return 2
  }
  const from = counted(runs, 'checkpoint')
  io.stdout(`${file}: ${events} events from ${from}, all with the recorded result`)
  return 0
}

/** The result if nothing came of an event: right for a refusal, wrong for what came by itself. */
function nothingCameOf({ seq, event: { type } }: EventLine): Replayed {
  return { seq, type: type.startsWith('due.') ? 'nothing' : type, changed: {} }
}

/** Times as in the file, without lines: a schedule from a journal has none that problems could name. */
function written({ seq, type, changed }: Replayed): string {
  const withoutPlaces = JSON.parse(changedToJson(changed), (key, value) => (placeKeys.has(key) ? undefined : value))
  return JSON.stringify({ seq, type, changed: withoutPlaces })
}

const placeKeys = new Set(['file', 'line', 'col'])
