/** `npm run bench`: the benches of bench/, one after the other; names choose some of them. */
import { readdirSync } from 'node:fs'
import { buildClient } from './build.mjs'
import { ensureChromium } from './browser.mjs'
import { installPackages } from './install.mjs'
import { NODE, ROOT } from './places.mjs'
import { run } from './run.mjs'

/** A file right in bench/ is a bench, a directory holds what benches share. */
const known = readdirSync(`${ROOT}/bench`, { withFileTypes: true })
  .filter((entry) => entry.isFile() && /^[a-z][\w-]*\.ts$/i.test(entry.name))
  .map((entry) => entry.name.replace(/\.ts$/, ''))
  .sort()
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${known.join(', ')}`)
  process.exit(2)
}

await installPackages()
await buildClient()
const CHROME_PATH = await ensureChromium()
let hasFailed = false
for (const name of asked.length > 0 ? asked : known) {
  console.log(`\n== ${name}`)
  const { code } = await run(NODE, [`bench/${name}.ts`], { env: { CHROME_PATH } })
  if (code !== 0) hasFailed = true
}
process.exit(hasFailed ? 1 : 0)
