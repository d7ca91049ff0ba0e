// `node scripts/pages.mjs dist`: builds the pages of the operator's desk into dist/web, with the licences of the packages in them.
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { project } from './installed.mjs'
import { licencesOf } from './licences.mjs'

const folder = join(resolve(process.argv[2] ?? join(project, 'dist')), 'web')
const root = join(project, 'src/surfaces/web')
const pages = ['index', 'presenter', 'overlay', 'screens']

const { output } = await build({
  root,
  configFile: false,
  logLevel: 'warn',
  // Relative, so that the pages also work behind a path of a proxy.
  base: './',
  build: {
    outDir: folder,
    emptyOutDir: true,
    // The oldest browser inside an OBS that we play on: 30.0 has Chromium 103.
    target: ['chrome103', 'firefox115', 'safari16.4'],
    // The server's Content-Security-Policy allows files of its own only: nothing inline, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages.map((page) => join(root, `${page}.html`)) },
  },
})
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : (file.originalFileNames ?? [])))
writeFileSync(join(folder, 'licenses.txt'), licencesOf(modules.map((id) => resolve(root, id))))
