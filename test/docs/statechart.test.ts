import { expect, it } from 'vitest'
import { statechartPage } from '../support/statechart.ts'

it('the page on the machine shows the machine', async () => {
  await expect(statechartPage()).toMatchFileSnapshot('../../docs/statechart.md')
})
