import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { createWorkQueue } from './workQueue.ts'

const derive = promisify(argon2)

export interface PasswordHasher {
  /** The PHC string to keep. */
  hash(password: string): Promise<string>
  /** Whether it is the password. With null (no such account) it costs the same and says no. */
  verify(password: string, phc: string | null): Promise<boolean>
}

/** What one hash costs; the defaults are OWASP's minimum for argon2id. */
export interface PasswordCost {
  memoryKiB: number
  passes: number
}

export const PASSWORD_COST: PasswordCost = { memoryKiB: 19_456, passes: 2 }

/** Hashes take a core and 19 MiB each: two at once, and a short queue against floods. */
const QUEUE = { maxRunning: 2, maxWaiting: 50 }
const SALT_BYTES = 16
const TAG_BYTES = 32
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

interface Phc extends PasswordCost {
  salt: Buffer
  tag: Buffer
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

function format({ memoryKiB, passes, salt, tag }: Phc): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$${base64(salt)}$${base64(tag)}`
}

function parse(phc: string): Phc {
  const [, memory, passes, salt = '', tag = ''] = PHC.exec(phc) ?? []
  if (memory === undefined)
    throw new Error('A stored password hash is not a PHC string of argon2id')
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function deriveTag(
  password: string,
  { memoryKiB, passes, salt }: Omit<Phc, 'tag'>,
): Promise<Buffer> {
  return derive('argon2id', {
    message: password,
    nonce: salt,
    memory: memoryKiB,
    passes,
    parallelism: 1,
    tagLength: TAG_BYTES,
  })
}

/**
 * argon2id from node:crypto (RFC 9106), in the PHC string format.
 * @throws AppError `request/rate-limited` from both functions when too many wait
 */
export function createPasswordHasher(cost: PasswordCost = PASSWORD_COST): PasswordHasher {
  const inTurn = createWorkQueue(QUEUE)
  const nobody: Phc = { ...cost, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) }

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      const tag = await inTurn(() => deriveTag(password, { ...cost, salt }))
      return format({ ...cost, salt, tag })
    },

    async verify(password, phc) {
      const stored = phc === null ? nobody : parse(phc)
      const tag = await inTurn(() => deriveTag(password, stored))
      return timingSafeEqual(tag, stored.tag) && phc !== null
    },
  }
}
