import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createTempDir } from '../server/testApp.ts'
import {
  ALLOCATE,
  CREATE_PERMISSION,
  peer,
  readAnswer,
  request,
  transport,
  type Answer,
  type Login,
} from './stun.ts'

const CONFIG = fileURLToPath(new URL('../../../docs/turnserver.conf', import.meta.url))
const SECRET = 'a-secret-of-the-tests-alone'

/** Debian's package `coturn`. */
export const hasTurnServer = spawnSync('turnserver', ['--version']).error === undefined

export interface TurnServer {
  readonly secret: string
  /** Somebody new: the server knows a client by its port. */
  client(): TurnClient
}

export interface TurnClient {
  /** Ask for a place to be relayed from. 0: it was given. */
  allocate(login: Pick<Login, 'username' | 'credential'> | null): Promise<number>
  /** Ask to be relayed to an address, after a place was given. 0: it is allowed. */
  permit(login: Pick<Login, 'username' | 'credential'>, address: string): Promise<number>
}

/** The server as docs/turnserver.conf sets it up; only where it listens is the test's. */
export async function startTurnServer(port: number): Promise<TurnServer> {
  const directory = await createTempDir()
  const child = spawn(
    'turnserver',
    [
      ...['-c', CONFIG, '--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1'],
      ...['--listening-port', String(port), '--static-auth-secret', SECRET],
      ...['--no-tls', '--no-dtls', '--log-file', 'stdout', '--pidfile', `${directory}/pid`],
      ...['--db', `${directory}/db`],
    ],
    { stdio: 'ignore' },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  return { secret: SECRET, client: () => createClient(createAsker(port)) }
}

const createClient = (ask: (message: Buffer) => Promise<Answer>): TurnClient => ({
  async allocate(login) {
    const first = await ask(request(ALLOCATE, [transport()]))
    if (login === null) return first.code
    const signed = { ...login, ...first.challenge }
    return (await ask(request(ALLOCATE, [transport()], signed))).code
  },
  async permit(login, address) {
    const { challenge } = await ask(request(CREATE_PERMISSION, [peer(address, 80)]))
    const signed = { ...login, ...challenge }
    return (await ask(request(CREATE_PERMISSION, [peer(address, 80)], signed))).code
  },
})

/** Says a message until it is answered: datagrams are lost, and the server starts meanwhile. */
function createAsker(port: number): (message: Buffer) => Promise<Answer> {
  const socket = createSocket('udp4')
  // Before the server listens the kernel refuses.
  socket.on('error', () => undefined)
  onTestFinished(() => {
    socket.close()
  })
  return (message) =>
    new Promise((resolve) => {
      const say = (): void => {
        socket.send(message, port, '127.0.0.1')
      }
      const repeat = setInterval(say, 200)
      const hear = (answer: Buffer): void => {
        if (!answer.subarray(8, 20).equals(message.subarray(8, 20))) return
        clearInterval(repeat)
        socket.off('message', hear)
        resolve(readAnswer(answer))
      }
      socket.on('message', hear)
      say()
    })
}
