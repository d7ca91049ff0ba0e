// `npm test`: installs what the tests need where it can, runs them, and says which end-to-end tests ran and how long all of it took.
// Arguments go to vitest: `npm test -- test/playout`.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages, project } from './installed.mjs'
import { installSystemPackages } from './systemPackages.mjs'

const KINDS = {
  OBS: 'on a real OBS',
  RTMP: 'with a real RTMP server',
  keys: 'with keys pressed on a display',
  browser: 'in a real browser',
}

installPackages()
const lack = installSystemPackages()
const folder = mkdtempSync(join(tmpdir(), 'orchestrator-test-'))
const summary = process.env.END_TO_END_SUMMARY ?? join(folder, 'summary')
const vitest = [join(project, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)]
const began = performance.now()
const child = spawn(process.execPath, vitest, {
  cwd: project,
  stdio: 'inherit',
  env: { ...process.env, END_TO_END_SUMMARY: summary },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (status) => {
  const ran = existsSync(summary) ? readFileSync(summary, 'utf8').split('\n') : []
  rmSync(folder, { recursive: true, force: true })
  console.log('End-to-end tests:')
  for (const [kind, words] of Object.entries(KINDS))
    console.log(`  ${ran.includes(kind) ? 'ran    ' : 'NOT RUN'} ${words}`)
  if (lack !== undefined) console.log(`  Missing: ${lack}. Skipped tests name what they lack.`)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`The tests took ${Math.floor(seconds / 60)} min ${seconds % 60} s.`)
  process.exitCode = status ?? 1
})
