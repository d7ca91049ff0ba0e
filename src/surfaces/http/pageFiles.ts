import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { PAGES } from './guard.ts'

export type PageFile = { readonly bytes: Uint8Array; readonly type: string; readonly caching: string }

/** Every path that has a file, such as `/presenter` or `/assets/index-4f9a.js`. A path that isn't here has none. */
export type PageFiles = ReadonlyMap<string, PageFile>

/** Reads all files of the built pages. Without a build there are none. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, PageFile>()
  for (const entry of entries) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    files.set(path, { bytes: await readFile(file), type, caching: cachingOf(path) })
  }
  for (const page of PAGES) {
    const file = files.get(`${page}.html`) ?? files.get(`${page}/index.html`) ?? files.get('/index.html')
    if (file !== undefined) files.set(page, file)
  }
  return files
}

/** Files with a hash in their name never change. */
const cachingOf = (path: string): string =>
  /^\/assets\/.+-[\w-]{8}\.\w+$/.test(path) ? 'private, max-age=31536000, immutable' : 'no-cache'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
