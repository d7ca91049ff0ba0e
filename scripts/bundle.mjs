// `node scripts/bundle.mjs dist`: bundles the command line into one file, which starts faster than hundreds, and the libraries of the
// HTTP server, which are loaded later, into another. Writes the licences of the packages in them beside them.
import { chmodSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { project } from './installed.mjs'
import { licencesOf } from './licences.mjs'

const folder = resolve(process.argv[2] ?? join(project, 'dist'))

/** Leaves the import of the libraries to the running program. */
const librariesApart = {
  name: 'libraries-apart',
  resolveId: (name) => (name.endsWith('/libraries.ts') ? { id: './http.js', external: true } : null),
}

const modules = [
  ...(await bundled('src/cli.ts', 'cli.js', [librariesApart])),
  ...(await bundled('src/surfaces/http/libraries.ts', 'http.js', [])),
]
chmodSync(join(folder, 'cli.js'), 0o755)
writeFileSync(join(folder, 'cli.licenses.txt'), licencesOf(modules))

/** Bundles what the input imports into one file. Returns the modules in it. */
async function bundled(input, name, plugins) {
  const bundle = await rolldown({
    input: join(project, input),
    cwd: project,
    platform: 'node',
    plugins,
    // ws is faster with these, if a user has installed them.
    external: ['bufferutil', 'utf-8-validate'],
    onLog(level, log) {
      if (level === 'warn') throw new Error(`bundling the command line: ${log.message}`)
    },
  })
  const file = join(folder, name)
  const { output } = await bundle.write({ file, format: 'esm', codeSplitting: false, comments: { legal: true } })
  await bundle.close()
  return output[0].moduleIds
}
