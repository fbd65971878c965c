import type { IncomingMessage } from 'node:http'
import { AppError } from '#shared/errors.ts'
import { USER_HEADER } from '#shared/protocol/accounts.ts'
import type { SessionCookie } from './sessionCookie.ts'
import type { Session, SessionService } from './sessionService.ts'

/** A live session with the token that the browser holds. */
export interface SignedIn {
  readonly token: string
  readonly session: Session
}

/** Whose session a request comes with. */
export interface RequestSessions {
  /** The session of the cookie, renewed by this use, or null; whoever the page takes itself for. */
  find(request: IncomingMessage): Promise<SignedIn | null>
  /** The same where the page says whose it is [HS12]. @throws AppError `auth/other-account` */
  findOwn(request: IncomingMessage): Promise<SignedIn | null>
  /** @throws AppError `auth/signed-out`, `auth/other-account` */
  require(request: IncomingMessage): Promise<SignedIn>
}

export function createRequestSessions(options: {
  cookie: SessionCookie
  sessions: SessionService
}): RequestSessions {
  const { cookie, sessions } = options

  async function find(request: IncomingMessage): Promise<SignedIn | null> {
    const token = cookie.read(request)
    const session = token === null ? null : await sessions.resolve(token)
    return token === null || session === null ? null : { token, session }
  }

  async function findOwn(request: IncomingMessage): Promise<SignedIn | null> {
    const found = await find(request)
    const expected = request.headers[USER_HEADER]
    // The tabs of a browser share its cookie: another one may have logged somebody else in.
    if (found !== null && expected !== undefined && expected !== found.session.userId) {
      throw new AppError('auth/other-account')
    }
    return found
  }

  return {
    find,
    findOwn,
    async require(request) {
      const found = await findOwn(request)
      if (found === null) throw new AppError('auth/signed-out')
      return found
    },
  }
}
