import { createHash, createHmac, randomBytes } from 'node:crypto'

/** The few messages of STUN and TURN that a test says by hand (RFC 8489, RFC 8656). */
const MAGIC = 0x2112a442

export const ALLOCATE = 0x0003
export const CREATE_PERMISSION = 0x0008

const USERNAME = 0x0006
const MESSAGE_INTEGRITY = 0x0008
const ERROR_CODE = 0x0009
const XOR_PEER_ADDRESS = 0x0012
const REALM = 0x0014
const NONCE = 0x0015
const REQUESTED_TRANSPORT = 0x0019
/** The number of UDP among protocols. */
const UDP = 17

export interface Attribute {
  readonly type: number
  readonly value: Buffer
}

/** What a server wants to be answered with. */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
}

export interface Login extends Challenge {
  readonly username: string
  readonly credential: string
}

export interface Answer {
  /** 0 for a success, else as in HTTP. */
  readonly code: number
  readonly challenge: Challenge
}

export const transport = (): Attribute => ({
  type: REQUESTED_TRANSPORT,
  value: Buffer.from([UDP, 0, 0, 0]),
})

/** @param address IPv4 */
export function peer(address: string, port: number): Attribute {
  const bytes = Buffer.from(address.split('.').map(Number))
  const value = Buffer.alloc(8)
  value.writeUInt8(1, 1)
  value.writeUInt16BE(port ^ (MAGIC >>> 16), 2)
  value.writeUInt32BE((bytes.readUInt32BE() ^ MAGIC) >>> 0, 4)
  return { type: XOR_PEER_ADDRESS, value }
}

/** A request, signed where there is somebody to sign for. */
export function request(
  type: number,
  attributes: readonly Attribute[],
  login: Login | null = null,
): Buffer {
  const header = Buffer.alloc(20)
  header.writeUInt16BE(type, 0)
  header.writeUInt32BE(MAGIC, 4)
  randomBytes(12).copy(header, 8)
  const named = login === null ? [] : nameOf(login)
  const whole = Buffer.concat([header, ...[...attributes, ...named].map(encode)])
  if (login === null) return withLength(whole, 0)
  const key = createHash('md5').update(`${login.username}:${login.realm}:${login.credential}`)
  const signed = createHmac('sha1', key.digest()).update(withLength(whole, 24)).digest()
  return Buffer.concat([whole, encode({ type: MESSAGE_INTEGRITY, value: signed })])
}

const nameOf = ({ username, realm, nonce }: Login): Attribute[] => [
  { type: USERNAME, value: Buffer.from(username) },
  { type: REALM, value: Buffer.from(realm) },
  { type: NONCE, value: Buffer.from(nonce) },
]

function encode({ type, value }: Attribute): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

/** The length counts what follows the header, with what is still to come. */
function withLength(message: Buffer, toCome: number): Buffer {
  message.writeUInt16BE(message.length - 20 + toCome, 2)
  return message
}

export function readAnswer(message: Buffer): Answer {
  const attributes = new Map<number, Buffer>()
  for (let at = 20; at < message.length;) {
    const length = message.readUInt16BE(at + 2)
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length))
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  const error = attributes.get(ERROR_CODE)
  const text = (type: number): string => attributes.get(type)?.toString() ?? ''
  return {
    code: error === undefined ? 0 : error.readUInt8(2) * 100 + error.readUInt8(3),
    challenge: { realm: text(REALM), nonce: text(NONCE) },
  }
}
