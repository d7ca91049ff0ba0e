// `npm start`: installs and builds what is missing, then plays the demo, or with arguments what they name.
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

// npm runs us in the folder of the project; the files that its caller names are seen from the caller's.
if (process.env.npm_lifecycle_event === 'start') process.chdir(process.env.INIT_CWD ?? '.')
endWithParent()
// In this very process: one Ctrl+C then reaches the show once, and not through a chain of parents.
process.argv = [process.execPath, cli, 'demo', ...process.argv.slice(2)]
await import(pathToFileURL(cli).href)

/**
 * npm hands SIGTERM to the shell that it runs us in, which dies of it and tells nobody: the show would go on switching
 * scenes with no one to stop it. A parent that is gone counts as the SIGTERM, unless a signal came to us as well.
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
