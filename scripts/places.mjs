import { fileURLToPath } from 'node:url'

/** The directory of the checkout, absolute, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** The Node that package.json pins; the machine's own may be older than the server needs. */
export const NODE = `${ROOT}/node_modules/node/bin/node`

/** The program that a package installs under `node_modules/.bin`. */
export const binOf = (/** @type {string} */ name) => `${ROOT}/node_modules/.bin/${name}`
