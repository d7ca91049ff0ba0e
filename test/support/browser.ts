import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { pathOf } from './requirements.ts'
import { until } from './until.ts'
import { noteThatItRan } from './whatRan.ts'

export type Size = { readonly width: number; readonly height: number }

/** The widths that the pages are made for. */
export const sizes = {
  desk: { width: 1920, height: 1080 },
  laptop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
  dock: { width: 300, height: 700 },
} as const satisfies Readonly<Record<string, Size>>

/** Starts a real browser that asks nothing of the network. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: pathOf('chromium') ?? 'chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      ...['--disable-sync', '--no-first-run'],
    ],
  })
  noteThatItRan('browser')
  return browser
}

export type OpenPage = Page & {
  /** What the browser complained about: errors of scripts, and what the Content-Security-Policy forbade. */
  readonly complaints: readonly string[]
}

/** Opens a page as a new visitor. It is closed when the test is over. */
export async function openPage(browser: Browser, url: string, size: Size = sizes.laptop): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  await page.goto(url)
  return Object.assign(page, { complaints })
}

/** Waits until the element shows the text. */
export async function shows(element: Locator, text: string | RegExp, deadline?: number): Promise<void> {
  let last = ''
  await until(
    `${element} to show ${text}`,
    async () => {
      last = (await element.first().textContent({ timeout: 1000 })) ?? ''
      return typeof text === 'string' ? last.includes(text) : text.test(last)
    },
    deadline,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it shows "${last}"`)
  })
}
