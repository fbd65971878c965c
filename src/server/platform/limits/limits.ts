import { MESSAGES_WINDOW_MS } from '#shared/limits.ts'
import { createLimiter, type Limiter } from './limiter.ts'

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS

/** How often what may be done. */
export interface Limits {
  /** New accounts of an address. */
  registrations: Limiter
  /** Wrong passwords from an address [S11]. */
  wrongPasswords: Limiter
  /** Contact requests of a user [S20]. */
  contactRequests: Limiter
  /** Numbers that a user looks up: nobody learns who is here by trying them all. */
  searches: Limiter
  /** Messages that a user looks for. */
  messageSearches: Limiter
  /** Calls that a user starts. */
  invites: Limiter
  /** Messages of a user. */
  messages: Limiter
  /** Groups that a user makes and changes. */
  groupActs: Limiter
}

export interface LimitsOptions {
  registrationsPerHour: number
  wrongPasswordsPerAddress: number
  messagesPerWindow: number
  callsPerMinute: number
}

/** Every limit with its numbers. */
export function createLimits(options: LimitsOptions): Limits {
  const { registrationsPerHour, wrongPasswordsPerAddress } = options
  return {
    registrations: createLimiter({ count: registrationsPerHour, windowMs: HOUR_MS }),
    wrongPasswords: createLimiter({ count: wrongPasswordsPerAddress, windowMs: 15 * MINUTE_MS }),
    contactRequests: createLimiter({ count: 20, windowMs: 24 * HOUR_MS }),
    searches: createLimiter({ count: 60, windowMs: HOUR_MS }),
    messageSearches: createLimiter({ count: 120, windowMs: MINUTE_MS }),
    invites: createLimiter({ count: options.callsPerMinute, windowMs: MINUTE_MS }),
    messages: createLimiter({ count: options.messagesPerWindow, windowMs: MESSAGES_WINDOW_MS }),
    groupActs: createLimiter({ count: 60, windowMs: HOUR_MS }),
  }
}
