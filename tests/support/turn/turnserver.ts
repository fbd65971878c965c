import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTurnserver, turnserverConf } from '../../../scripts/turnserver.mjs'
import { createTurnClient, type Credentials, type TurnClient } from './turnClient.ts'

/** A real coturn with the configuration that docs/turnserver.conf gives, on this machine alone. */
export interface Turnserver {
  client(credentials: Credentials): TurnClient
  stop(): Promise<void>
}

export const hasTurnserver = findTurnserver() !== undefined
export const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

/** What is this machine's own; the rest stands as in the file. */
async function writeConf(directory: string, port: number, secret: string): Promise<string> {
  const ips = hasIPv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']
  const path = join(directory, 'turnserver.conf')
  const own = {
    'static-auth-secret': secret,
    'listening-port': String(port),
    syslog: '',
    'no-stdout-log': '',
  }
  const conf = turnserverConf(own, [
    ...ips.flatMap((ip) => [`listening-ip=${ip}`, `relay-ip=${ip}`]),
    `pidfile=${join(directory, 'pid')}`,
    `userdb=${join(directory, 'users')}`,
    'log-file=stdout',
  ])
  await writeFile(path, conf)
  return path
}

/** Start it, and wait until it answers. */
export async function startTurnserver(secret: string): Promise<Turnserver> {
  const program = findTurnserver()
  if (program === undefined) throw new Error('no coturn found')
  const directory = await mkdtemp(join(tmpdir(), 'ahoy-turn-'))
  const port = await freePort()
  const conf = await writeConf(directory, port, secret)
  const child = spawn(program, ['-c', conf], { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  const clients: TurnClient[] = []
  const client: Turnserver['client'] = (credentials) => {
    const made = createTurnClient(port, credentials)
    clients.push(made)
    return made
  }
  const early = ended.then(([code]) => {
    throw new Error(`turnserver ended with ${String(code)}`)
  })
  await Promise.race([client(null).greet(), early])
  early.catch(() => undefined)
  return {
    client,
    async stop() {
      for (const one of clients) one.close()
      child.kill()
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
