import { createLimiter, type Limiter } from './limiter.ts'

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS

/** How often what may be done over HTTP. */
export interface Limits {
  /** New accounts of an address. */
  registrations: Limiter
  /** Wrong passwords from an address [S11]. */
  wrongPasswords: Limiter
  /** Contact requests of a user [S20]. */
  contactRequests: Limiter
  /** Numbers that a user looks up: nobody learns who is here by trying them all. */
  searches: Limiter
}

export interface LimitsOptions {
  registrationsPerHour: number
  wrongPasswordsPerAddress: number
}

/** Every limit with its numbers. */
export function createLimits(options: LimitsOptions): Limits {
  const { registrationsPerHour, wrongPasswordsPerAddress } = options
  return {
    registrations: createLimiter({ count: registrationsPerHour, windowMs: HOUR_MS }),
    wrongPasswords: createLimiter({ count: wrongPasswordsPerAddress, windowMs: 15 * MINUTE_MS }),
    contactRequests: createLimiter({ count: 20, windowMs: 24 * HOUR_MS }),
    searches: createLimiter({ count: 60, windowMs: HOUR_MS }),
  }
}
