import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { NODE, ROOT } from './places.mjs'

/**
 * @typedef {object} ServerOptions
 * @property {Record<string, string | undefined>} env on top of this process's own
 * @property {readonly string[]} [nodeArgs] such as `--watch`
 * @property {(url: string) => void} onListening hears the address, again after each restart
 */

/**
 * Start the server on the pinned Node. Its log goes to our output, but for the one line that
 * tells where it listens. It is asked to close when we are, and we end as it ends.
 * @param {ServerOptions} options
 */
export function startServer({ env, nodeArgs = [], onListening }) {
  const child = spawn(NODE, [...nodeArgs, 'src/server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = /^listening (\S+)$/.exec(line)?.[1]
    if (url === undefined) console.log(line)
    else onListening(url)
  })
  let isClosing = false
  const close = () => {
    isClosing = true
    child.kill('SIGTERM')
  }
  process.on('SIGTERM', close)
  // Ctrl-C reaches the server too, and a second signal would only hurry it.
  process.on('SIGINT', () => {
    isClosing = true
  })
  child.once('error', (error) => {
    console.error(`The server can't be started: ${error.message}`)
    process.exit(1)
  })
  child.once('close', (code) => process.exit(isClosing ? 0 : (code ?? 1)))
}
