// `node scripts/bundle.mjs dist`: bundles the command line into one file, which starts faster than hundreds, and writes the licences of
// the packages in it beside it.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { project } from './installed.mjs'

const folder = resolve(process.argv[2] ?? join(project, 'dist'))
const file = join(folder, 'cli.js')

const bundle = await rolldown({
  input: join(project, 'src/cli.ts'),
  cwd: project,
  platform: 'node',
  // ws is faster with these, if a user has installed them.
  external: ['bufferutil', 'utf-8-validate'],
  onLog(level, log) {
    if (level === 'warn') throw new Error(`bundling the command line: ${log.message}`)
  },
})
const { output } = await bundle.write({ file, format: 'esm', codeSplitting: false, comments: { legal: true } })
await bundle.close()
chmodSync(file, 0o755)
writeFileSync(join(folder, 'cli.licenses.txt'), licencesOf(output[0].moduleIds))

/** The licence of each package that a module of the bundle is from. */
function licencesOf(modules) {
  const folders = new Set(modules.map(packageFolder).filter((found) => found !== undefined))
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const licence = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      if (licence === undefined) throw new Error(`${name} has no licence file`)
      return `${name} ${version}\n\n${readFileSync(join(folder, licence), 'utf8').trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the package that a file belongs to; undefined for our own. */
function packageFolder(file) {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1]
}
