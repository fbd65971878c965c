import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'

/** What a request tells about where it comes from. */
export interface OriginPolicy {
  /** The browser speaks https, to us or to the proxy in front of us. */
  isSecure(request: IncomingMessage): boolean
  /** The Origin header is there and names this server or an allowed origin (ASVS 4.4.2). */
  isOwn(request: IncomingMessage): boolean
}

export interface OriginPolicyOptions {
  allowedOrigins: readonly string[]
  trustedProxies: number
}

/** Decide on origins for both the HTTP routes and the upgrade of the WebSocket. */
export function createOriginPolicy(options: OriginPolicyOptions): OriginPolicy {
  function isSecure(request: IncomingMessage): boolean {
    if (request.socket instanceof TLSSocket) return true
    if (options.trustedProxies === 0) return false
    const forwarded = request.headers['x-forwarded-proto']
    // The last entry is by the nearest proxy; the ones before it may be by anyone.
    return (
      String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim() === 'https'
    )
  }

  function isOwn(request: IncomingMessage): boolean {
    const { origin, host } = request.headers
    if (origin === undefined || !URL.canParse(origin)) return false
    if (options.allowedOrigins.includes(origin)) return true
    const { protocol, host: originHost } = new URL(origin)
    // A proxy may have ended TLS without telling us, so only the other direction is refused.
    return originHost === host && (protocol === 'https:' || !isSecure(request))
  }

  return { isSecure, isOwn }
}
