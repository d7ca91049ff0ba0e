import { expect, it } from 'vitest'
import { shows } from '../../support/browser.ts'
import { deskAndBrowser } from '../../support/liveDesk.ts'
import { requirePrograms } from '../../support/requirements.ts'

const cues = Array.from(
  { length: 10_000 },
  (_, index) => `  - { id: c${index}, scene: S${index % 7}, title: Cue ${index}, duration: 1m }`,
)
const schedule = `version: 1\ncues:\n${cues.join('\n')}\n`

requirePrograms('browser')('a cue list of 10 000 cues', () => {
  const { startDesk, openPage } = deskAndBrowser()

  it('keeps the current cue in view until the operator scrolls, and follows it again when asked', async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(desk.url)
    const current = page.locator('.row[aria-current=true]')
    await current.waitFor()
    await desk.send({ type: 'goTo', cue: 'c5000' })
    await shows(current, 'Cue 5000')
    expect(await current.isVisible()).toBe(true)
    await page.locator('.rows').hover()
    await page.mouse.wheel(0, 60_000)
    await current.waitFor({ state: 'detached' })
    await desk.send({ type: 'goTo', cue: 'c5001' })
    await shows(page.locator('.cueName'), 'Cue 5001')
    expect(await current.count()).toBe(0)
    await page.getByRole('button', { name: /Follow/ }).click()
    await shows(current, 'Cue 5001')
  })

  it('draws only the rows in view, without a long pause while it scrolls', async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(desk.url)
    await page.locator('.row[aria-current=true]').waitFor()
    await page.evaluate(`
      window.longest = 0
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
      }).observe({ type: 'longtask' })
    `)
    await page.locator('.rows').hover()
    for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, 3000)
    await shows(page.locator('.row'), /Cue 1\d\d\d/)
    expect(await page.locator('.row').count()).toBeLessThan(60)
    expect(await page.evaluate<number>('window.longest')).toBeLessThan(2000)
  })
})
