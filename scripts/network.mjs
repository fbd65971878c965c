/**
 * `npm run bench:network`: the network lab of bench/network, which needs root and a Linux. Where it
 * can't run it says so in one line, and nothing fails.
 */
import { spawn } from 'node:child_process'
import { ensureChromium } from './browser.mjs'
import { buildClient } from './build.mjs'
import { installPackages } from './install.mjs'
import { NODE, ROOT } from './places.mjs'
import { installDebian, onPath } from './programs.mjs'
import { ensureTurnserver } from './turnserver.mjs'

/** Programs of the system, and the packages of Debian that have them. */
const PROGRAMS = { ip: 'iproute2', nft: 'nftables', sysctl: 'procps' }

/** @returns {Promise<string | undefined>} why the lab can't run here; undefined: it can */
async function obstacle() {
  if (process.platform !== 'linux') return 'it needs Linux'
  if (process.getuid?.() !== 0) return 'it needs root, to make networks of its own'
  const missing = Object.entries(PROGRAMS).filter(([program]) => onPath([program]) === undefined)
  if (missing.length > 0) {
    const packages = missing.map(([, name]) => name)
    console.log(`Installing ${packages.join(', ')} for the network lab …`)
    if (!(await installDebian(...packages))) return `it needs ${packages.join(', ')}`
  }
  return (await ensureTurnserver()) === undefined ? 'it needs coturn (turnserver)' : undefined
}

/** @param {readonly string[]} args */
function runLab(args, /** @type {string} */ CHROME_PATH) {
  const env = { ...process.env, CHROME_PATH }
  const child = spawn(NODE, ['bench/network/lab.ts', ...args], { cwd: ROOT, env, stdio: 'inherit' })
  // Ctrl-C reaches the lab too, and it tidies up; we only wait for it.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}

const why = await obstacle()
if (why !== undefined) {
  console.log(`The network lab can't run here: ${why}.`)
  process.exit(0)
}
await installPackages()
await buildClient()
process.exit(await runLab(process.argv.slice(2), await ensureChromium()))
