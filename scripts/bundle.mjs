// `node scripts/bundle.mjs dist`: bundles the command line into one file, which starts faster than hundreds, and writes the licences of
// the packages in it beside it.
import { chmodSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { project } from './installed.mjs'
import { licencesOf } from './licences.mjs'

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
