import type { IncomingMessage } from 'node:http'
import { fastifyCookie } from '@fastify/cookie'
import type { OriginPolicy } from '#server/platform/http/origin.ts'

/** The prefix makes the browser itself insist on Secure, Path=/ and no Domain (RFC 6265bis 4.1.3). */
const SECURE_NAME = '__Host-ahoy'
const PLAIN_NAME = 'ahoy'

/** The token's way to the browser and back. */
export interface SessionCookie {
  read(request: IncomingMessage): string | null
  /** The Set-Cookie header that keeps the token. */
  keep(request: IncomingMessage, token: string, maxAgeMs: number): string
  /** The Set-Cookie header that deletes it. */
  drop(request: IncomingMessage): string
}

/** Build the cookie's reader and writer. */
export function createSessionCookie(origins: OriginPolicy): SessionCookie {
  function write(request: IncomingMessage, token: string, maxAgeMs: number): string {
    const secure = origins.isSecure(request)
    return fastifyCookie.serialize(secure ? SECURE_NAME : PLAIN_NAME, token, {
      path: '/',
      httpOnly: true,
      secure,
      // Pages need no session to load, so links from elsewhere work all the same.
      sameSite: 'strict',
      maxAge: Math.ceil(maxAgeMs / 1000),
    })
  }
  return {
    read(request) {
      const cookies = fastifyCookie.parse(request.headers.cookie ?? '')
      return cookies[origins.isSecure(request) ? SECURE_NAME : PLAIN_NAME] ?? null
    },
    keep: write,
    drop: (request) => write(request, '', 0),
  }
}
