import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from './places.mjs'

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 124 when the time was up, 127 when there is no such program
 * @property {string} output what it wrote to both streams, in order
 */

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string | undefined>} [env] on top of this process's own
 * @property {number} [limitMs] the program and what it started are ended after this long
 * @property {boolean} [quiet] keep the output instead of showing it as well
 * @property {(line: string) => void} [onLine] hears each line that it writes to its output
 */

/** The environment of what we start: programs of packages first on the path. */
export const surroundings = (/** @type {Record<string, string | undefined>} */ env = {}) => ({
  ...process.env,
  PATH: [`${ROOT}/node_modules/.bin`, process.env['PATH']].join(delimiter),
  ...env,
})

/**
 * Run a program in the checkout and wait for its end. It gets no input.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, args, { env, limitMs, quiet = false, onLine } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that the limit also ends what the program started.
    const child = spawn(program, args, {
      cwd: ROOT,
      env: surroundings(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    let isLate = false
    const end = () => endGroup(child.pid)
    const timer = limitMs === undefined ? undefined : setTimeout(late, limitMs)
    function late() {
      isLate = true
      end()
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (/** @type {string} */ text) => {
        output += text
        if (!quiet) process.stdout.write(text)
      })
    }
    if (onLine !== undefined) createInterface({ input: child.stdout }).on('line', onLine)
    // Ctrl-C doesn't reach another group by itself.
    const interrupted = () => {
      end()
      process.exit(130)
    }
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
    const settle = (/** @type {number} */ code) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve({ code: isLate ? 124 : code, output })
    }
    child.once('error', () => settle(127))
    child.once('close', (code) => settle(code ?? 1))
  })
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}
