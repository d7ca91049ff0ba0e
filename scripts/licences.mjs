import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licence of each package that a module of a bundle is from. */
export function licencesOf(modules) {
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
