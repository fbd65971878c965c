import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { SESSION_TTL_MS } from '#shared/limits.ts'
import type { UserId } from '#shared/ids.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Database } from '#server/platform/database/database.ts'
import * as repository from './sessionRepository.ts'

/** However much it is used, a session ends after this. */
const SESSION_ABSOLUTE_TTL_MS = 90 * 24 * 60 * 60 * 1000
/** The idle time is counted anew at most this often, so that reading does not write. */
const RENEWAL_INTERVAL_MS = 60 * 60 * 1000
const TOKEN_BYTES = 32

/** A live session. */
export interface Session {
  sessionId: string
  userId: UserId
  /** ms UTC */
  expiresAt: number
}

export interface SessionService {
  start(userId: UserId): Promise<{ token: string; session: Session }>
  /** The live session of a token, renewed by this use, or null. */
  resolve(token: string): Promise<Session | null>
  end(sessionId: string): Promise<void>
}

export interface SessionServiceOptions {
  db: Database
  bus: Bus
  now: () => number
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Sessions: opaque random tokens, of which the database knows only the hash. */
export function createSessionService({ db, bus, now }: SessionServiceOptions): SessionService {
  async function renew(session: repository.StoredSession): Promise<repository.StoredSession> {
    const renewedAt = now()
    if (renewedAt - session.renewedAt < RENEWAL_INTERVAL_MS) return session
    const expiresAt = Math.min(
      renewedAt + SESSION_TTL_MS,
      session.createdAt + SESSION_ABSOLUTE_TTL_MS,
    )
    const renewed = { ...session, renewedAt, expiresAt }
    await repository.renewSession(db, renewed)
    return renewed
  }

  return {
    async start(userId) {
      const createdAt = now()
      await repository.deleteExpiredSessions(db, createdAt)
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const expiresAt = createdAt + SESSION_TTL_MS
      const stored = { id: uuidv7(), userId, createdAt, renewedAt: createdAt, expiresAt }
      await repository.insertSession(db, stored, hashOf(token))
      return { token, session: { sessionId: stored.id, userId, expiresAt } }
    },

    async resolve(token) {
      const found = await repository.findSession(db, hashOf(token))
      if (found === null || found.expiresAt <= now()) return null
      const { id: sessionId, userId, expiresAt } = await renew(found)
      return { sessionId, userId, expiresAt }
    },

    async end(sessionId) {
      await repository.deleteSession(db, sessionId)
      bus.publishSessionEnded(sessionId)
    },
  }
}
