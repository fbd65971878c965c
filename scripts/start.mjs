/**
 * `npm start`: install what is missing, build what changed, serve. Runs on the machine's own Node
 * until the pinned one is there, so it imports no package at its top.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildClient } from './build.mjs'
import { certificateFor } from './certificate.mjs'
import { demoAccountLines } from './demoAccounts.mjs'
import { installPackages } from './install.mjs'
import { lanAddresses, lanLines } from './lan.mjs'
import { ROOT } from './places.mjs'
import { startServer } from './server.mjs'

const USAGE = `npm start -- [--lan] [--port <number>]
  --lan   serve over https to the whole network, with a certificate made here
  --port  where to listen; PORT or 8080 without it`

function options() {
  try {
    const { values } = parseArgs({
      options: {
        lan: { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    process.exit(2)
  }
}

/**
 * What --lan adds: where it listens, with which certificate, and how a QR code is drawn.
 * @param {readonly string[]} addresses
 */
async function lanOf(addresses) {
  const directory = join(resolve(ROOT, process.env['DATA_DIR'] ?? 'data'), 'lan-cert')
  const hosts = ['localhost', '127.0.0.1', ...addresses]
  const { certPath, keyPath } = await certificateFor(directory, hosts)
  const { renderUnicodeCompact } = await import('uqr')
  return {
    env: { HOST: '0.0.0.0', TLS_CERT: certPath, TLS_KEY: keyPath },
    drawQr: (/** @type {string} */ text) => renderUnicodeCompact(text),
  }
}

async function main() {
  const { lan: isLan, port, help } = options()
  if (help) return console.log(USAGE)
  await installPackages()
  await buildClient()
  const addresses = isLan ? lanAddresses() : []
  const lan = isLan ? await lanOf(addresses) : undefined
  startServer({
    // A terminal is for people; who wants every step of every call sets LOG_LEVEL=info.
    env: {
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      ...lan?.env,
      ...(port === undefined ? {} : { PORT: port }),
    },
    onListening(url) {
      const lines = [
        '',
        ...(lan === undefined ? [`Ahoy is at ${url}`] : lanLines(url, addresses, lan.drawQr)),
        ...demoAccountLines(process.env['NODE_ENV']),
        '',
        'Ctrl-C ends it.',
      ]
      console.log(lines.join('\n'))
    },
  })
}

await main().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
