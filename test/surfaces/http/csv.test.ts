import { expect, it } from 'vitest'
import { asRunCsv } from '../../../src/surfaces/http/csv.ts'

it('names with commas, quotes and line ends stay one cell', () => {
  const [, row] = asRunCsv([{ cue: 'a,b', title: 'The "best"', scene: 'A\nB', errorMs: -3, outcome: 'failed' }]).split(
    /\r\n/,
  )
  expect(row).toBe('"a,b","The ""best""","A\nB",,,,,-3,,,failed,')
})

it('without lines there are only the names', () => {
  expect(asRunCsv([]).split('\r\n')).toHaveLength(2)
})
