import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { buildApp, type App } from './app.ts'
import { ConfigError, loadConfig, type Config } from './config.ts'
import { DatabaseUnusable } from './platform/database/databaseUnusable.ts'
import { createLog, type Log } from './platform/log/log.ts'

/** A clean end that takes longer is ended all the same. */
const CLOSE_TIMEOUT_MS = 10_000

async function readPem(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConfigError([
      `${name} must be the path of a readable PEM file, is ${path} (${String(cause)})`,
    ])
  }
}

async function readTls({ tls }: Config): Promise<{ cert: string; key: string } | null> {
  if (tls === null) return null
  // One after the other, so that of two wrong paths always the first is named.
  const cert = await readPem('TLS_CERT', tls.certPath)
  const pair = { cert, key: await readPem('TLS_KEY', tls.keyPath) }
  try {
    createSecureContext(pair)
  } catch (cause) {
    throw new ConfigError([
      `TLS_CERT and TLS_KEY must be a certificate and its key in PEM (${String(cause)})`,
    ])
  }
  return pair
}

/** Why a port can't be listened on, for whoever chose it. */
const LISTEN_REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'nobody knows that name',
}

async function listen({ http }: App, { host, port }: Config): Promise<void> {
  try {
    await http.listen({ host, port })
  } catch (cause) {
    const reason = LISTEN_REASONS[(cause as NodeJS.ErrnoException).code ?? '']
    if (reason === undefined) throw cause
    throw new ConfigError([`PORT ${port} of HOST ${host} can't be listened on: ${reason}`])
  }
}

function closeOnSignals(app: App, log: Log): void {
  let isClosing = false
  function close(signal: string): void {
    if (isClosing) return
    isClosing = true
    log.info({ signal }, 'closing')
    setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref()
    app.close().then(
      () => process.exit(0),
      (err: unknown) => {
        log.fatal({ err }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', close)
  process.on('SIGTERM', close)
}

/** One fault must not end everybody's calls; it is logged, loudly. */
function surviveFaults(log: Log): void {
  process.on('unhandledRejection', (err) => {
    log.error({ err }, 'unhandled rejection')
  })
}

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const log = createLog(config.logLevel)
  surviveFaults(log)
  const app = await buildApp({ config, log, tls: await readTls(config) })
  await listen(app, config)
  closeOnSignals(app, log)
  // The start scripts wait for exactly this line.
  console.log(`listening ${addressOf(app, config)}`)
}

function addressOf({ http }: App, { host, tls }: Config): string {
  const address = http.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `${tls === null ? 'http' : 'https'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}

main().catch((error: unknown) => {
  // What whoever runs it can put right is said in words, anything else with its stack.
  const isTheirs = error instanceof ConfigError || error instanceof DatabaseUnusable
  console.error(isTheirs ? error.message : error)
  // What was opened until then would keep the process.
  process.exit(1)
})
