import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { transformWithOxc } from 'vite'
import { ROOT } from './places.mjs'

const SOURCE = join(ROOT, 'src/worker/serviceWorker.ts')
const NAME = 'sw.js'

/** Fetched by those who use it: the models of the track processors, 6.5 MB. */
const NOT_KEPT = 'assets/processors/'

/**
 * Writes the service worker beside a build, with the paths of its files and a name for them.
 * @returns {import('vite').Plugin}
 */
export function offlineShell() {
  return {
    name: 'offline-shell',
    apply: 'build',
    async writeBundle({ dir = join(ROOT, 'dist') }) {
      const paths = await filesIn(dir)
      const hash = createHash('sha256')
      for (const path of paths) hash.update(path).update(await readFile(join(dir, path)))
      const source = await readFile(SOURCE, 'utf8')
      hash.update(source)
      const { code } = await transformWithOxc(source, SOURCE)
      const version = hash.digest('hex').slice(0, 16)
      const known = [
        `const VERSION = ${JSON.stringify(version)}`,
        `const FILES = ${JSON.stringify(paths.map((path) => `/${path}`))}`,
      ]
      // What makes the text a module is the compiler's alone; a worker of this kind is none.
      const script = code.replace(/^export\s*\{\s*\};?$/m, '')
      await writeFile(join(dir, NAME), `${known.join('\n')}\n${script}`)
    },
  }
}

/**
 * What a browser may ask for: everything but what the tools of the build keep there, and what few need.
 * @param {string} dir
 */
async function filesIn(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== NAME && !path.startsWith('.') && !path.startsWith(NOT_KEPT))
    .toSorted()
}
