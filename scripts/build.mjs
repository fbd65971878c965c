import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { binOf, NODE, ROOT } from './places.mjs'
import { run } from './run.mjs'

const SOURCES = [
  'index.html',
  'package-lock.json',
  'public',
  'scripts/offlineShell.mjs',
  'src/client',
  'src/shared',
  'src/worker',
  'vite.config.ts',
]
const STAMP = `${ROOT}/node_modules/.tmp/built-from`

/** @returns {string[]} every file below a path of the checkout, sorted */
function filesBelow(/** @type {string} */ path) {
  const absolute = `${ROOT}/${path}`
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [path]
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesBelow(`${path}/${name}`))
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(filesBelow)) {
    hash.update(`${path}\0`).update(readFileSync(`${ROOT}/${path}`))
  }
  return hash.digest('hex')
}

const isBuiltFrom = (/** @type {string} */ hash) =>
  existsSync(`${ROOT}/dist/index.html`) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash

/**
 * Build the client into dist; nothing happens when its sources are those of the last build.
 * @throws Error when the build failed
 */
export async function buildClient() {
  const hash = hashOfSources()
  if (isBuiltFrom(hash)) return
  console.log('Building the client …')
  const { code, output } = await run(NODE, [binOf('vite'), 'build'], { quiet: true })
  if (code !== 0) throw new Error(`the build failed\n${output}`)
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, hash)
}
