import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { shows, sizes } from '../../support/browser.ts'
import { deskAndBrowser } from '../../support/liveDesk.ts'
import { requirePrograms } from '../../support/requirements.ts'
import { until } from '../../support/until.ts'

const long = 'A title that is far longer than any title that a sensible director would give to a cue'
const schedule = `version: 1
title: ${long}
cues:
  - { id: one, scene: ${long}, title: ${long}, note: ${long}, duration: 10m }
  - { id: two, scene: Other, title: ${long}, duration: 5m }
`

requirePrograms('browser')('the pages at every width', () => {
  const { startDesk, openPage } = deskAndBrowser()

  it.each(Object.entries(sizes))('fit a %s, with on air, countdown and Go in view at once', async (_name, size) => {
    const desk = await startDesk(schedule)
    const operator = await openPage(desk.url, size)
    await shows(operator.locator('.countdown'), /^9:/)
    for (const part of ['.program', '.countdown', '.go'])
      expect(await isInView(operator, part), `${part} is in view`).toBe(true)
    for (const path of ['', 'presenter', 'overlay', 'screens']) {
      const page = await openPage(`${desk.url}${path}`, size)
      await page.locator('main').waitFor()
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(size.width)
    }
  })

  it('the presenter page takes its choices from its address', async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(`${desk.url}presenter?hide=note,next&mirror=1&size=50`)
    await shows(page.locator('.countdown'), /^9:/)
    expect(await page.locator('.note, footer').count()).toBe(0)
    expect(await page.evaluate<string>(`getComputedStyle(document.getElementById('page')).transform`)).toBe(
      'matrix(-1, 0, 0, 1, 0, 0)',
    )
    const whole = await openPage(`${desk.url}presenter`)
    await shows(whole.locator('.note'), long)
    await whole.keyboard.press('f')
    await until('full screen', () => whole.evaluate<boolean>('document.fullscreenElement !== null'))
  })

  it('the overlay is transparent and takes its style from its address', async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(`${desk.url}overlay?hide=title&size=40&colour=rgb(1,2,3)&align=right`)
    await shows(page.locator('.countdown'), /^9:/)
    const styles = await page.evaluate<readonly string[]>(`(() => {
      const { color, fontSize, textAlign } = getComputedStyle(document.querySelector('.countdown'))
      return [color, fontSize, textAlign, getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).backgroundColor]
    })()`)
    expect(styles).toEqual(['rgb(1, 2, 3)', '40px', 'right', 'rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0)'])
    expect(await page.locator('h1:not(.sr)').count()).toBe(0)
  })

  it('the page of screens has a code for each address', async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(`${desk.url}screens`)
    await page.getByRole('img', { name: `QR code of ${desk.url}presenter` }).waitFor()
    await page.getByLabel(/Token for other devices/).fill('abc')
    await page.getByRole('img', { name: `QR code of ${desk.url}presenter?token=abc` }).waitFor()
  })
})

const isInView = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const { top, bottom, left, right } = document.querySelector('${selector}').getBoundingClientRect()
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth
  })()`)
