import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Snapshot } from '../../../src/orchestrator/core/snapshot.ts'
import { shows, sizes } from '../../support/browser.ts'
import { deskAndBrowser } from '../../support/liveDesk.ts'
import { requirePrograms } from '../../support/requirements.ts'

const schedule = `version: 1
title: <b>Show</b>
timezone: Europe/Berlin
cues:
  - { id: one, scene: "<script>document.title='harmed'</script>", title: "<img src=x onerror=alert(1)>", note: "<i>note</i> & more", duration: 10m }
  - { id: two, scene: Other, title: "<u>two</u>", duration: 5m, hold: true }
hotkeys:
  - { keys: Ctrl+Alt+B, forceScene: "<b>BRB</b>", toggle: true }
`

type Mode = {
  readonly name: string
  readonly args?: readonly string[]
  readonly commands: readonly object[]
  readonly isSo: (state: Snapshot) => boolean
}

const modes: readonly Mode[] = [
  { name: 'idle', args: [], commands: [], isSo: ({ mode }) => mode === 'idle' },
  { name: 'running', commands: [], isSo: ({ mode }) => mode === 'running' },
  {
    name: 'holding',
    commands: [{ type: 'hold' }, { type: 'extend', by: '-1h' }],
    isSo: ({ cue }) => cue?.holding === true,
  },
  { name: 'paused', commands: [{ type: 'pause' }], isSo: ({ mode }) => mode === 'paused' },
  {
    name: 'forced',
    commands: [{ type: 'forceScene', scene: '<b>BRB</b>' }],
    isSo: ({ override }) => override !== null,
  },
  { name: 'stopped', commands: [{ type: 'stop' }], isSo: ({ mode }) => mode === 'stopped' },
  {
    name: 'finished',
    commands: [{ type: 'goTo', cue: 'two' }, { type: 'unhold' }, { type: 'extend', by: '-1h' }],
    isSo: ({ mode }) => mode === 'finished',
  },
]

requirePrograms('browser')('every page in every mode', () => {
  const { startDesk, openPage } = deskAndBrowser()

  it.each(modes)(
    'is accessible and takes no markup from a schedule while the show is $name',
    { timeout: 90_000 },
    async (mode) => {
      const desk = await startDesk(schedule, mode.args === undefined ? {} : { args: mode.args })
      await desk.until('the show to be ready', (state) => mode.args !== undefined || state.mode === 'running')
      for (const command of mode.commands) await desk.send(command)
      await desk.until(mode.name, mode.isSo)

      const operator = await openPage(desk.url)
      await shows(operator.locator('.brand h1'), '<b>Show</b>')
      await operator.locator('.row').first().waitFor()
      await operator.getByRole('button', { name: '<b>BRB</b>' }).first().waitFor()
      expect(await violations(operator)).toEqual([])
      await operator.getByRole('tab', { name: /Timeline/ }).click()
      expect(await violations(operator)).toEqual([])
      await operator.keyboard.press('?')
      await operator.getByRole('dialog').waitFor()
      expect(await violations(operator)).toEqual([])
      await operator.setViewportSize(sizes.dock)
      expect(await violations(operator)).toEqual([])

      const light = await openPage(`${desk.url}?theme=light`)
      await light.locator('.row').first().waitFor()
      expect(await violations(light)).toEqual([])

      const others = []
      for (const path of ['presenter', 'overlay', 'screens']) {
        const page = await openPage(`${desk.url}${path}`)
        await page.locator('main').waitFor()
        expect(await violations(page)).toEqual([])
        others.push(page)
      }
      for (const page of [operator, light, ...others]) {
        expect(await page.title()).not.toBe('harmed')
        expect(page.complaints).toEqual([])
        expect(await page.locator('#page b, #page i:not(.lamp i), #page u, #page img').count()).toBe(0)
      }
    },
  )
})

/** What axe-core finds wrong, one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(`
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ': ' + failureSummary)),
    )
  `)
}
