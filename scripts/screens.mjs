// `npm run build && node scripts/screens.mjs`: takes the pictures of the pages in docs/screens. Needs Chromium and ffmpeg.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { project } from './installed.mjs'

const folder = join(project, 'docs/screens')
const most = 150_000

/** The show began so long ago that the interview is on. */
const start = new Date(Date.now() - 37 * 60_000).toISOString().slice(11, 16)

const schedule = `version: 1
title: Friday show
timezone: UTC
start: "${start}"
warning: 2m
danger: 30s
cues:
  - { scene: Starting Soon, duration: 5m }
  - { id: welcome, scene: Main Camera, title: Welcome, duration: 12m, note: "Greet the chat, then tonight's topics" }
  - { scene: Desk, title: Headlines, duration: 8m }
  - { id: interview, scene: Interview, title: "Interview: the guest", duration: 15m, note: Guest enters left }
  - { scene: Sponsor, duration: 90s }
  - { id: questions, scene: Audience, title: Q&A, duration: 15m, hold: true, note: Microphone 2 goes round }
  - { scene: Break, duration: 5m }
  - { scene: Stage Wide, title: Music, duration: 6m }
  - { scene: Close-Up, title: A closer look, duration: 3m }
  - { scene: Main Camera, title: Back to the studio, duration: 10m }
  - { scene: Goodbye, duration: 4m }
hotkeys:
  - { keys: Ctrl+Alt+B, forceScene: BRB, toggle: true }
  - { keys: Ctrl+Alt+T, forceScene: Technical Issues, pause: true, toggle: true }
  - { keys: Ctrl+Alt+N, command: next }
`

const sizes = { desk: [1920, 1080], laptop: [1280, 720], phone: [390, 844], dock: [300, 700] }

const home = mkdtempSync(join(tmpdir(), 'orchestrator-screens-'))
const file = join(home, 'show.yaml')
writeFileSync(file, schedule)
const show = spawn(
  process.execPath,
  [
    ...[join(project, 'dist/cli.js'), 'run', file, '--simulator', '--no-hotkeys'],
    ...['--http', '127.0.0.1:0', '--state-dir', join(home, 'state')],
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    ...['--disable-sync', '--no-first-run'],
  ],
})

try {
  const url = await address()
  mkdirSync(folder, { recursive: true })
  await send(url, { type: 'extend', by: '2m10s' })
  for (const size of Object.keys(sizes)) await picture(url, 'operator', '', size)
  await picture(url, 'operator-timeline', '', 'laptop', (page) => page.click('#tab-Timeline'))
  await picture(url, 'operator-light', '?theme=light', 'laptop')
  for (const size of Object.keys(sizes)) await picture(url, 'presenter', 'presenter', size)
  const onPicture = (page) => page.evaluate("document.documentElement.style.background = '#3d5468'")
  for (const size of Object.keys(sizes)) await picture(url, 'overlay', 'overlay', size, onPicture)
  for (const size of Object.keys(sizes)) await picture(url, 'screens', 'screens', size)
  await send(url, { type: 'forceScene', scene: 'Technical Issues', until: '5m' })
  await picture(url, 'operator-forced', '', 'laptop')
  await send(url, { type: 'release' })
  await send(url, { type: 'goTo', cue: 'questions', offset: '14m59s' })
  await picture(url, 'operator-holding', '', 'laptop', (page) => page.waitForTimeout(3000))
} finally {
  await browser.close()
  const ended = new Promise((resolve) => show.once('exit', resolve))
  if (show.kill('SIGTERM')) await ended
  rmSync(home, { recursive: true, force: true })
}

/** The address of the operator page, once the show is on. */
function address() {
  return new Promise((resolve, reject) => {
    let said = ''
    show.stderr.setEncoding('utf8').on('data', (text) => {
      said += text
      const url = /http:\/\/[\w.:[\]-]+\//.exec(said)?.[0]
      if (url !== undefined && said.includes('the show is on')) resolve(url)
    })
    show.once('exit', () => reject(new Error(`the show ended:\n${said}`)))
  })
}

async function send(url, command) {
  const response = await fetch(`${url}api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  })
  if (!response.ok) throw new Error(`${command.type} was answered with ${response.status}`)
}

/** Takes one picture, in as many colours as keep it small. */
async function picture(url, name, path, size, before = async () => {}) {
  const [width, height] = sizes[size]
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
  await page.goto(`${url}${path}`)
  await page.waitForTimeout(1000)
  await before(page)
  const whole = join(home, 'whole.png')
  const small = join(folder, `${name}-${size}.png`)
  await page.screenshot({ path: whole })
  await page.close()
  const fewer = 'split[a][b];[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=none'
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', '-i', whole, '-vf', fewer, '-compression_level', '9', small])
  const { size: bytes } = statSync(small)
  if (bytes > most) throw new Error(`${small} has ${bytes} bytes: use fewer colours`)
  console.log(`${small} ${Math.round(bytes / 1000)} KB`)
}
