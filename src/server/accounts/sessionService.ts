import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import { SESSION_TTL_MS } from '#shared/limits.ts'
import type { UserId } from '#shared/ids.ts'
import type { SessionView } from '#shared/protocol/accounts.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Database } from '#server/platform/database/database.ts'
import * as repository from './sessionRepository.ts'

/** However much it is used, a session ends after this. */
const SESSION_ABSOLUTE_TTL_MS = 90 * 24 * 60 * 60 * 1000
/** The idle time is counted anew at most this often, so that reading does not write. */
const RENEWAL_INTERVAL_MS = 60 * 60 * 1000
const TOKEN_BYTES = 32
const AGENT_MAX_CHARS = 300

/** A live session. */
export interface Session {
  sessionId: string
  userId: UserId
  /** ms UTC */
  expiresAt: number
}

export interface SessionService {
  /** @param agent what the browser calls itself */
  start(userId: UserId, agent: string): Promise<{ token: string; session: Session }>
  /** The live session of a token, renewed by this use, or null. */
  resolve(token: string): Promise<Session | null>
  /** @returns whether it was there until now */
  end(sessionId: string): Promise<boolean>
  /** The sessions of the one that asks: it first, then the one that was used last. */
  list(asking: Session): Promise<SessionView[]>
  /** End another session of the same user. @throws AppError `request/not-found` */
  endOf(asking: Session, sessionId: string): Promise<void>
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
    async start(userId, agent) {
      const createdAt = now()
      await repository.deleteExpiredSessions(db, createdAt)
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const expiresAt = createdAt + SESSION_TTL_MS
      const stored = { id: uuidv7(), userId, createdAt, renewedAt: createdAt, expiresAt }
      const whole = { ...stored, agent: agent.slice(0, AGENT_MAX_CHARS) }
      await repository.insertSession(db, whole, hashOf(token))
      return { token, session: { sessionId: stored.id, userId, expiresAt } }
    },

    async resolve(token) {
      const found = await repository.findSession(db, hashOf(token))
      if (found === null || found.expiresAt <= now()) return null
      const { id: sessionId, userId, expiresAt } = await renew(found)
      return { sessionId, userId, expiresAt }
    },

    async end(sessionId) {
      const wasThere = await repository.deleteSession(db, sessionId)
      bus.publishSessionEnded(sessionId)
      return wasThere
    },

    async list({ userId, sessionId }) {
      const found = await repository.listSessions(db, userId, now())
      const views = found.map((one) => ({ ...one, isThis: one.id === sessionId }))
      return views.toSorted((a, b) => Number(b.isThis) - Number(a.isThis))
    },

    async endOf({ userId }, sessionId) {
      const isTheirs = await repository.deleteSessionOf(db, userId, sessionId)
      if (!isTheirs) throw new AppError('request/not-found')
      bus.publishSessionEnded(sessionId)
    },
  }
}
