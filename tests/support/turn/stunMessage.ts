import { createHash, createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'

/** Messages of STUN (RFC 8489) and TURN (RFC 8656), as far as an attack on a relay needs them. */

export const METHODS = {
  binding: 0x0001,
  allocate: 0x0003,
  createPermission: 0x0008,
  channelBind: 0x0009,
} as const
export type Method = keyof typeof METHODS

export const ATTRIBUTES = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  channelNumber: 0x000c,
  peerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  addressFamily: 0x0017,
  transport: 0x0019,
} as const
export type Attribute = keyof typeof ATTRIBUTES
export type Attributes = Readonly<Partial<Record<Attribute, Buffer>>>

/** Who signs a message: the long-term credentials of RFC 8489, 9.2. */
export interface Signer {
  readonly username: string
  readonly password: string
  readonly realm: string
}

const COOKIE = 0x2112a442
const HEADER_BYTES = 20
const INTEGRITY_BYTES = 24
const ERROR_BIT = 0x0110
const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4

function header(type: number, transaction: Buffer, bodyBytes: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(bodyBytes, 2)
  bytes.writeUInt32BE(COOKIE, 4)
  return Buffer.concat([bytes, transaction])
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length))
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  return bytes
}

export interface Request {
  readonly method: Method
  /** 12 random bytes, which the answer repeats. */
  readonly transaction: Buffer
  readonly attributes: Attributes
  readonly signer?: Signer | undefined
}

/** A request as bytes, with MESSAGE-INTEGRITY over it when somebody signs. */
export function encode({ method, transaction, attributes, signer }: Request): Buffer {
  const entries = Object.entries(attributes) as [Attribute, Buffer][]
  const body = Buffer.concat(entries.map(([name, value]) => attribute(ATTRIBUTES[name], value)))
  if (signer === undefined) {
    return Buffer.concat([header(METHODS[method], transaction, body.length), body])
  }
  // The length in the header already counts the signature that is made over it.
  const bodyBytes = body.length + INTEGRITY_BYTES
  const signed = Buffer.concat([header(METHODS[method], transaction, bodyBytes), body])
  const { username, realm, password } = signer
  const key = createHash('md5').update(`${username}:${realm}:${password}`).digest()
  const mac = createHmac('sha1', key).update(signed).digest()
  return Buffer.concat([signed, attribute(ATTRIBUTES.integrity, mac)])
}

export interface Answer {
  /** `null`: it was granted. */
  readonly error: number | null
  readonly attribute: (name: Attribute) => Buffer | undefined
}

/** The answer to a request; undefined when this is one to something else. */
export function answerTo({ transaction }: Request, message: Buffer): Answer | undefined {
  if (message.length < HEADER_BYTES) return undefined
  if (!message.subarray(8, HEADER_BYTES).equals(transaction)) return undefined
  const found = new Map<number, Buffer>()
  for (let at = HEADER_BYTES; at + 4 <= message.length;) {
    const bytes = message.readUInt16BE(at + 2)
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + bytes))
    at += 4 + padded(bytes)
  }
  const code = found.get(ATTRIBUTES.errorCode)
  const isError = (message.readUInt16BE(0) & ERROR_BIT) === ERROR_BIT
  return {
    error: isError ? (code?.readUInt8(2) ?? 0) * 100 + (code?.readUInt8(3) ?? 0) : null,
    attribute: (name) => found.get(ATTRIBUTES[name]),
  }
}

/** XOR-PEER-ADDRESS (RFC 8489, 14.2): an address in the clothes that no NAT rewrites. */
export function peerAddress(ip: string, port: number, transaction: Buffer): Buffer {
  const address = isIPv6(ip) ? bytesOfV6(ip) : Buffer.from(ip.split('.').map(Number))
  const mask = Buffer.alloc(16)
  mask.writeUInt32BE(COOKIE, 0)
  transaction.copy(mask, 4)
  const bytes = Buffer.alloc(4 + address.length)
  bytes.writeUInt8(isIPv6(ip) ? 2 : 1, 1)
  bytes.writeUInt16BE(port ^ (COOKIE >>> 16), 2)
  address.forEach((byte, at) => bytes.writeUInt8(byte ^ (mask[at] ?? 0), 4 + at))
  return bytes
}

function bytesOfV6(ip: string): Buffer {
  // The browser's own reading of an address: `::ffff:127.0.0.1` becomes groups of hexadecimal.
  const [head = '', tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split('::')
  const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const left = groupsOf(head)
  const right = groupsOf(tail ?? '')
  const middle = Array<string>(8 - left.length - right.length).fill('0')
  const groups = [...left, ...middle, ...right].map((group) => parseInt(group, 16))
  return Buffer.from(groups.flatMap((group) => [group >>> 8, group & 0xff]))
}
