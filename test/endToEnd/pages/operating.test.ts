import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { type OpenPage, shows } from '../../support/browser.ts'
import { deskAndBrowser } from '../../support/liveDesk.ts'
import { requirePrograms } from '../../support/requirements.ts'
import { until } from '../../support/until.ts'

const schedule = `version: 1
title: Evening
timezone: Europe/Berlin
cues:
  - { id: one, scene: Main, title: Welcome, duration: 10m, note: Say hello }
  - { id: two, scene: Close-Up, title: The guest, duration: 5m }
  - { id: three, scene: Main, title: Goodbye, duration: 5m }
hotkeys:
  - { keys: Ctrl+Alt+B, forceScene: BRB, toggle: true }
`

requirePrograms('browser')('the operator page', () => {
  const { startDesk, openPage } = deskAndBrowser()

  const opened = async (args?: readonly string[]) => {
    const desk = await startDesk(schedule, args === undefined ? {} : { args })
    const page = await openPage(desk.url)
    await page.getByRole('button', { name: /^(Start|Next|Resume)/ }).waitFor()
    await until('the commands', async () => (await page.locator('.go').getAttribute('aria-disabled')) === 'false')
    return { desk, page }
  }
  const cueBeganAWhileAgo = (page: OpenPage) => shows(page.locator('.countdown'), /^(9|4):/)

  it('starts the show, takes the next cue, pauses and resumes by its one big button', async () => {
    const { desk, page } = await opened([])
    const go = page.locator('.go')
    await shows(go, 'Start')
    await go.click()
    await desk.until('the show to run', ({ mode }) => mode === 'running')
    await shows(page.locator('.program .scene'), 'Main')
    await shows(go, /Next.*The guest/)
    await cueBeganAWhileAgo(page)
    await go.click()
    await desk.until('the second cue', ({ cue }) => cue?.id === 'two')
    await page.getByRole('button', { name: /^Pause/ }).click()
    await shows(go, 'Resume')
    await go.click()
    await desk.until('the show to run again', ({ mode }) => mode === 'running')
    expect(page.complaints).toEqual([])
  })

  it('shows the countdown, the note, the next cue and the planned end', async () => {
    const { page } = await opened()
    await shows(page.locator('.countdown'), /^(10:00|9:\d\d)left/)
    await shows(page.locator('.cueName'), 'Say hello')
    await shows(page.locator('.next'), /NextThe guestClose-Upat \d\d:\d\d:\d\d, in (10:00|9:\d\d)/)
    await shows(page.locator('.progress'), '1 of 3')
    await shows(page.locator('.overUnder'), 'on time')
    await shows(page.locator('.ends'), /\d\d:\d\d:\d\d/)
  })

  it('obeys the keyboard', async () => {
    const { desk, page } = await opened()
    await page.keyboard.press('p')
    await shows(page.locator('.mode'), 'Paused')
    await page.keyboard.press('p')
    await shows(page.locator('.mode'), 'Running')
    await page.keyboard.press('h')
    await page.getByRole('button', { name: /^Hold/, pressed: true }).waitFor()
    await page.keyboard.press('h')
    const before = await desk.until('the hold to be over', ({ cue }) => cue?.endsAt !== null)
    await page.keyboard.press('+')
    await desk.until('a longer cue', ({ cue }) => cue?.endsAt === (before.cue?.endsAt ?? 0) + 30_000)
    await page.keyboard.press('-')
    await desk.until('the old length', ({ cue }) => cue?.endsAt === before.cue?.endsAt)
    await cueBeganAWhileAgo(page)
    await page.keyboard.press('Space')
    await desk.until('the second cue', ({ cue }) => cue?.id === 'two')
    await shows(page.locator('.countdown'), /^4:/)
    await page.keyboard.press('b')
    await desk.until('the first cue', ({ cue }) => cue?.id === 'one')
  })

  it('takes one cue only when Space is pressed twice by mistake', async () => {
    const { desk, page } = await opened()
    await cueBeganAWhileAgo(page)
    await page.evaluate(`
      for (let time = 0; time < 2; time++)
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }))
    `)
    await page.locator('.notice').waitFor()
    await shows(page.locator('.cueName'), 'The guest')
    expect((await desk.state()).cue?.id).toBe('two')
  })

  it('presses the button that the operator went to with Tab, but goes on after a click', async () => {
    const { desk, page } = await opened()
    await cueBeganAWhileAgo(page)
    await page.getByRole('button', { name: /^Pause/ }).click()
    await shows(page.locator('.mode'), 'Paused')
    await page.keyboard.press('Space')
    await shows(page.locator('.mode'), 'Running')
    await page.getByRole('button', { name: /^Hold/ }).focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    await desk.until('a pause', ({ mode }) => mode === 'paused')
  })

  it('forces a scene by its hotkey button and releases it from the banner', async () => {
    const { desk, page } = await opened()
    await page.getByRole('button', { name: /BRB.*Ctrl\+Alt\+B/ }).click()
    await desk.until('the force', ({ override }) => override?.scene === 'BRB')
    const banner = page.getByRole('region', { name: 'Force', exact: true })
    await shows(banner, /BRB.*by the operator.*until released/)
    await shows(page.locator('.program .scene'), 'BRB')
    await banner.getByRole('button', { name: /Release/ }).click()
    await desk.until('no force', ({ override }) => override === null)
    await banner.waitFor({ state: 'detached' })
  })

  it('finds a scene of OBS by its name and forces it for a while', async () => {
    const { desk, page } = await opened()
    await page.keyboard.press('/')
    await page.keyboard.type('close')
    await page.getByRole('combobox').selectOption('30s')
    const scenes = page.getByRole('region', { name: 'Scenes', exact: true })
    expect(await scenes.getByRole('button').allTextContents()).toEqual(['Close-Up'])
    await scenes.getByRole('button', { name: 'Close-Up' }).click()
    await desk.until('the force', ({ override }) => typeof override?.until === 'number')
    await shows(page.getByRole('region', { name: 'Force', exact: true }), /0:\d\d left/)
  })

  it('remembers by how much to extend a cue, and refuses what is no duration', async () => {
    const { desk, page } = await opened()
    const before = await desk.state()
    const field = page.getByLabel('By how much')
    await field.fill('2')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByRole('button', { name: '2 longer' }).getAttribute('aria-disabled')).toBe('true')
    await field.fill('2m')
    await page.getByRole('button', { name: '2m longer' }).click()
    await desk.until('a longer cue', ({ cue }) => cue?.endsAt === (before.cue?.endsAt ?? 0) + 120_000)
    await page.reload()
    await until('the remembered length', async () => (await field.inputValue()) === '2m')
  })

  it('asks before it stops the show, and takes neither Esc nor Space for a yes', async () => {
    const { desk, page } = await opened()
    const stop = page.getByRole('button', { name: 'Stop', exact: true })
    await stop.click()
    const dialog = page.getByRole('dialog', { name: 'Stop the show?' })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await stop.click()
    await dialog.waitFor()
    await page.keyboard.press('Space')
    await dialog.waitFor({ state: 'detached' })
    expect((await desk.state()).mode).toBe('running')
    await stop.click()
    await dialog.getByRole('button', { name: 'Stop the show' }).click()
    await desk.until('the end', ({ mode }) => mode === 'stopped')
    await shows(page.locator('.mode'), 'Stopped')
  })

  it('goes to a cue of the list once the operator has confirmed it, by mouse and by key', async () => {
    const { desk, page } = await opened()
    await page.getByRole('row').filter({ hasText: 'Goodbye' }).click()
    await page.getByRole('dialog', { name: 'Go to cue 3?' }).getByRole('button', { name: 'Go there' }).click()
    await desk.until('the third cue', ({ cue }) => cue?.id === 'three')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Go to cue 1?' }).waitFor()
    await page.keyboard.press('Enter')
    await desk.until('the first cue', ({ cue }) => cue?.id === 'one')
  })

  it('says why a button does nothing, on hover and on focus', async () => {
    const { page } = await opened()
    const previous = page.getByRole('button', { name: /^Previous/ })
    expect(await previous.getAttribute('aria-disabled')).toBe('true')
    await previous.hover()
    await shows(page.locator('.tip'), 'This is the first cue of the round')
    await page.mouse.move(0, 0)
    await page.locator('.tip').waitFor({ state: 'detached' })
    await previous.focus()
    await shows(page.locator('.tip'), 'This is the first cue of the round')
  })

  it('writes the countdown once for each second, and not in between', async () => {
    const { page } = await opened()
    await page.evaluate(`
      window.written = []
      const countdown = document.querySelector('.countdown .digits')
      new MutationObserver((changes) => {
        for (const _ of changes) window.written.push(countdown.textContent)
      }).observe(countdown, { characterData: true, childList: true, subtree: true })
    `)
    const written = await until('three seconds to pass', async () => {
      const texts = await page.evaluate<readonly string[]>('window.written')
      return texts.length >= 3 && texts
    })
    expect(new Set(written).size).toBe(written.length)
  })

  it('goes by the server’s clock, even if the one of this computer is wrong', async () => {
    const desk = await startDesk(schedule)
    const page = await openPage(desk.url)
    await page.addInitScript('Date.now = () => 0')
    await page.reload()
    await shows(page.locator('.countdown'), /^(10:00|9:\d\d)left/)
    const { at } = await desk.state()
    const secondsOf = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    const expected = secondsOf(new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' }))
    const ahead = secondsOf((await page.locator('.clock .value').textContent()) ?? '') - expected
    expect((ahead + 86_400) % 86_400).toBeLessThan(60)
  })

  it('lists the takes, the clients and the keys', async () => {
    const { page } = await opened()
    await shows(page.locator('.takes'), /Main.*by a command.*ms/)
    await page.getByRole('tab', { name: /Connected/ }).click()
    await shows(page.getByRole('tabpanel'), /operator.*operates/)
    await page.getByRole('tab', { name: /Timeline/ }).click()
    await page.getByRole('img', { name: 'Planned: 3 cues' }).waitFor()
    await page.keyboard.press('?')
    const described = await readFile('docs/pages.md', 'utf8')
    const keys = page.getByRole('dialog', { name: 'Keys' }).locator('dl > div')
    await keys.first().waitFor()
    for (const key of await keys.all()) {
      const names = (await key.locator('kbd').allTextContents()).map((name) => `\`${name}\``).join(' ')
      expect(described).toContain(`| ${names} | ${await key.locator('dd').textContent()} |`)
    }
  })

  it('gives the as-run log as a file', async () => {
    const { page } = await opened()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /As-run log/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe('as-run.csv')
  })

  it('marks the planned start of a cue that has begun, and how late it was', async () => {
    const { desk, page } = await opened()
    await cueBeganAWhileAgo(page)
    await desk.send({ type: 'next' })
    const row = page.getByRole('row').filter({ hasText: 'The guest' })
    await row.locator('s').waitFor()
    await shows(row.locator('.late'), /^−9:/)
    await page.getByRole('button', { name: 'Hide past' }).click()
    await page.getByRole('row').filter({ hasText: 'Welcome' }).waitFor({ state: 'detached' })
  })

  it('stands still in a pause and counts up in a hold', async () => {
    const { desk, page } = await opened()
    await desk.send({ type: 'pause' })
    await shows(page.locator('.countdown'), 'left, paused')
    const [countdown, clock] = [page.locator('.countdown .digits').first(), page.locator('.clock .value')]
    const text = await countdown.textContent()
    for (let second = 0; second < 2; second++) {
      const before = await clock.textContent()
      await until('the clock to go on', async () => (await clock.textContent()) !== before)
    }
    expect(await countdown.textContent()).toBe(text)
    await desk.send({ type: 'resume' })
    await desk.send({ type: 'hold' })
    await desk.send({ type: 'extend', by: '-1h' })
    await shows(page.locator('.mode'), 'Holding')
    await shows(page.locator('.countdown'), /^\+\d:\d\dover, until next/)
    const over = await countdown.textContent()
    await until('the countdown to go up', async () => ((await countdown.textContent()) ?? '') > (over ?? ''))
  })
})
