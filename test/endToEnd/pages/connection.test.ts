import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { shows } from '../../support/browser.ts'
import { tempFolder } from '../../support/cli.ts'
import { freePort } from '../../support/freePort.ts'
import { deskAndBrowser } from '../../support/liveDesk.ts'
import { requirePrograms } from '../../support/requirements.ts'
import { until } from '../../support/until.ts'

/** Silences last for seconds of real time, and a busy machine takes its own. */
const patience = 90_000

const schedule = `version: 1
cues:
  - { id: one, scene: Main, title: Welcome, duration: 20m }
  - { id: two, scene: Other, title: The guest, duration: 20m }
`

requirePrograms('browser')('the pages and their connection', () => {
  const { startDesk, openPage } = deskAndBrowser()

  it('two pages show what either of them does', async () => {
    const desk = await startDesk(schedule)
    const first = await openPage(desk.url)
    const second = await openPage(desk.url)
    const presenter = await openPage(`${desk.url}presenter`)
    await shows(first.locator('.countdown'), /^19:/)
    await first.keyboard.press('Space')
    for (const page of [first, second]) await shows(page.locator('.cueName'), 'The guest')
    await shows(presenter.locator('h1'), 'The guest')
    await second.keyboard.press('p')
    await shows(first.locator('.mode'), 'Paused')
    await first.getByRole('tab', { name: /Connected/ }).click()
    await shows(first.getByRole('tabpanel'), /operator.*operator.*presenter/)
  })

  it('counts on while the server is gone, says how old its news is, and comes back by itself', {
    timeout: patience,
  }, async () => {
    const port = await freePort()
    const before = await startDesk(schedule, { port })
    const page = await openPage(before.url)
    await shows(page.locator('.countdown'), /^19:/)
    before.running.signal('SIGKILL')
    await before.running.ended
    await shows(page.locator('.silence'), /No news from the orchestrator for \d+ s/)
    const countdown = page.locator('.countdown .digits').first()
    for (let second = 0; second < 5; second++) {
      const text = await countdown.textContent()
      await until('the countdown to go on', async () => (await countdown.textContent()) !== text)
    }
    expect(await page.locator('.go').getAttribute('aria-disabled')).toBe('true')
    await startDesk(schedule, { port, folder: before.folder })
    await page.locator('.silence').waitFor({ state: 'hidden' })
    await shows(page.locator('.mode'), 'Running')
    await page.locator('.go[aria-disabled=false]').waitFor()
  })

  it('notices a stream that is open but silent, and opens another', { timeout: patience }, async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(desk.url)
    const overlay = await openPage(`${desk.url}overlay`)
    await shows(page.locator('.mode'), 'Running')
    const streams: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/events')) streams.push(request.url())
    })
    desk.running.signal('SIGSTOP')
    await shows(page.locator('.silence'), /for \d+ s/)
    await shows(overlay.locator('.silence'), /\d s old/)
    await shows(page.locator('.silence'), /for ([6-9]|\d\d) s/)
    expect(streams.length).toBeGreaterThan(0)
    desk.running.signal('SIGCONT')
    await page.locator('.silence').waitFor({ state: 'hidden' })
    await overlay.locator('.silence').waitFor({ state: 'hidden' })
  })

  it('a page with a view token shows everything and says that it may not command', { timeout: patience }, async () => {
    const folder = await tempFolder()
    const tokens = { operate: join(folder, 'operate'), view: join(folder, 'view') }
    await writeFile(tokens.operate, 'let-me-in\n')
    await writeFile(tokens.view, 'let-me-see\n')
    const args = ['--start', '--http-token-file', tokens.operate, '--http-view-token-file', tokens.view]
    const desk = await startDesk(schedule, { args, token: 'let-me-in' })
    const page = await openPage(`${desk.url}?token=let-me-see`)
    await shows(page.locator('.cueName'), 'Welcome')
    expect(page.url()).not.toContain('token')
    await shows(page.locator('.viewOnly'), 'View only')
    expect(await page.locator('.go').getAttribute('aria-disabled')).toBe('true')
    await page.locator('.go').hover()
    await shows(page.locator('.tip'), 'View only')
    const operator = await openPage(`${desk.url}?token=let-me-in`)
    await operator.locator('.go[aria-disabled=false]').waitFor()
    await operator.context().clearCookies()
    desk.running.signal('SIGSTOP')
    await shows(operator.locator('.silence'), /for ([6-9]|\d\d) s/)
    desk.running.signal('SIGCONT')
    await operator.getByRole('heading', { name: 'A token is needed' }).waitFor()
  })
})
