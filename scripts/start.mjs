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

// In this very process: one Ctrl+C then reaches the show once, and not through a chain of parents.
process.argv = [process.execPath, cli, 'demo', ...process.argv.slice(2)]
await import(pathToFileURL(cli).href)

function newest(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs))
}
