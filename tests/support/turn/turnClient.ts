import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import {
  answerTo,
  encode,
  peerAddress,
  type Answer,
  type Attributes,
  type Method,
  type Signer,
} from './stunMessage.ts'

/** What a relay is asked with: nothing, or what Ahoy gives to a call. */
export type Credentials = Pick<Signer, 'username' | 'password'> | null

/** One UDP socket that asks a relay. Answers are the error's number, or `granted`. */
export interface TurnClient {
  /** Waits until the relay answers anything at all. */
  greet(): Promise<void>
  allocate(options?: AllocateOptions): Promise<Verdict>
  /** Be let send to an address, and hear from it. */
  permit(ip: string): Promise<Verdict>
  /** The same, by a channel. */
  bind(ip: string): Promise<Verdict>
  close(): void
}

export type Verdict = 'granted' | number

interface AllocateOptions {
  family?: 4 | 6
  /** What is spoken behind the relay. */
  transport?: 'udp' | 'tcp'
}

/** How often a question is asked again until its answer comes, ms. */
const AGAIN_MS = 200
const PEER_PORT = 80
const PROTOCOLS = { udp: 17, tcp: 6 }

const words = (...bytes: number[]): Buffer => Buffer.from(bytes)

/** A client on 127.0.0.1 of the relay at this port there. */
export function createTurnClient(port: number, credentials: Credentials): TurnClient {
  const socket = createSocket('udp4')
  let signer: Signer | undefined
  let nonce: Buffer | undefined

  function ask(method: Method, more: (transaction: Buffer) => Attributes): Promise<Answer> {
    const transaction = randomBytes(12)
    const attributes = { ...more(transaction), ...signature() }
    const request = { method, transaction, attributes, signer }
    const bytes = encode(request)
    const send = (): void => {
      socket.send(bytes, port, '127.0.0.1')
    }
    return new Promise((resolve) => {
      const again = setInterval(send, AGAIN_MS)
      const hear = (message: Buffer): void => {
        const answer = answerTo(request, message)
        if (answer === undefined) return
        clearInterval(again)
        socket.off('message', hear)
        resolve(answer)
      }
      socket.on('message', hear)
      send()
    })
  }

  function signature(): Attributes {
    if (signer === undefined || nonce === undefined) return {}
    const { username, realm } = signer
    return { username: Buffer.from(username), realm: Buffer.from(realm), nonce }
  }

  /** The first refusal tells the realm and a nonce to sign with. */
  function learn(refusal: Answer): void {
    const realm = refusal.attribute('realm')?.toString()
    nonce = refusal.attribute('nonce')
    if (credentials !== null && realm !== undefined) signer = { ...credentials, realm }
  }

  const verdictOf = ({ error }: Answer): Verdict => error ?? 'granted'
  return {
    async greet() {
      await ask('binding', () => ({}))
    },
    async allocate({ family = 4, transport = 'udp' } = {}) {
      const attributes = (): Attributes => ({
        transport: words(PROTOCOLS[transport], 0, 0, 0),
        addressFamily: words(family === 4 ? 1 : 2, 0, 0, 0),
      })
      const first = await ask('allocate', attributes)
      learn(first)
      return verdictOf(signer === undefined ? first : await ask('allocate', attributes))
    },
    async permit(ip) {
      return verdictOf(
        await ask('createPermission', (id) => ({ peerAddress: peerAddress(ip, PEER_PORT, id) })),
      )
    },
    async bind(ip) {
      return verdictOf(
        await ask('channelBind', (id) => ({
          channelNumber: words(0x40, 0x01, 0, 0),
          peerAddress: peerAddress(ip, PEER_PORT, id),
        })),
      )
    },
    close() {
      socket.close()
    },
  }
}
