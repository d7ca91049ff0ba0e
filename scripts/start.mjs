// `npm start`: installs and builds what is missing, then plays the demo, or the schedule that the arguments name.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages, npm, project } from './installed.mjs'

const cli = join(project, 'dist/cli.js')

installPackages()
if (!existsSync(cli) || statSync(cli).mtimeMs < newest(join(project, 'src'))) {
  console.error('Building …')
  npm(['run', '--silent', 'build'])
}

// npm runs us in the project's folder, but its caller names files from the caller's folder.
if (process.env.npm_lifecycle_event === 'start') process.chdir(process.env.INIT_CWD ?? '.')
endWithParent()
// In this process, so that one Ctrl+C reaches the show once, and not through a chain of parents.
process.argv = [process.execPath, cli, 'demo', ...process.argv.slice(2)]
await import(pathToFileURL(cli).href)

/**
 * npm passes SIGTERM to the shell that runs us, which dies of it and tells nobody, so the show would go on switching scenes. A parent
 * that is gone therefore counts as a SIGTERM, unless we received a signal ourselves.
 */
function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => clearInterval(watch))
}

function newest(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs))
}
