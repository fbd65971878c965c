/** The bytes of the first load: what a browser fetches before the app can be used. */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ROOT } from './places.mjs'

const LIMIT_KB = 110

/**
 * @typedef {object} Chunk an entry of vite's manifest
 * @property {string} file
 * @property {boolean} [isEntry]
 * @property {readonly string[]} [imports]
 * @property {readonly string[]} [css]
 * @typedef {Readonly<Record<string, Chunk>>} Manifest
 */

/**
 * The files of the first load: the entry, all that it imports statically, their styles, and what
 * the page itself asks for (scripts, styles, preloads).
 * @param {Manifest} manifest
 * @param {string} html
 */
export function filesOfFirstLoad(manifest, html) {
  const files = new Set(
    [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? ''),
  )
  /** @type {Set<string>} */
  const seen = new Set()
  const visit = (/** @type {string} */ key) => {
    const chunk = manifest[key]
    if (chunk === undefined || seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const [key, chunk] of Object.entries(manifest)) {
    if (chunk.isEntry === true || files.has(chunk.file)) visit(key)
  }
  return [...files].sort()
}

/**
 * Measure dist.
 * @returns {{ rows: { file: string, kB: number }[], totalKb: number, limitKb: number, isWithin: boolean }}
 *   kB of 1000 bytes, gzipped
 */
export function measureFirstLoad() {
  const read = (/** @type {string} */ file) => readFileSync(`${ROOT}/dist/${file}`)
  const manifest = JSON.parse(read('.vite/manifest.json').toString())
  const rows = filesOfFirstLoad(manifest, read('index.html').toString()).map((file) => ({
    file,
    kB: gzipSync(read(file), { level: 9 }).length / 1000,
  }))
  const totalKb = rows.reduce((sum, row) => sum + row.kB, 0)
  return { rows, totalKb, limitKb: LIMIT_KB, isWithin: totalKb <= LIMIT_KB }
}

/** The measure as a table. */
export function tableOf(/** @type {ReturnType<typeof measureFirstLoad>} */ measure) {
  const line = (/** @type {number} */ kB, /** @type {string} */ text) =>
    `${kB.toFixed(1).padStart(8)} kB  ${text}`
  return [
    ...measure.rows.map((row) => line(row.kB, row.file)),
    line(measure.totalKb, `first load, gzipped (at most ${String(measure.limitKb)})`),
  ].join('\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const measure = measureFirstLoad()
  console.log(tableOf(measure))
  process.exit(measure.isWithin ? 0 : 1)
}
