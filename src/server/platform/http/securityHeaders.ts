import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { OriginPolicy } from './origin.ts'

/** Strict from the first page on: no inline script or style, no other origin, no string to a script sink. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue default ahoy-worker',
].join('; ')

const PERMISSIONS_POLICY = [
  'camera',
  'microphone',
  'display-capture',
  'fullscreen',
  'picture-in-picture',
]
  .map((feature) => `${feature}=(self)`)
  .join(', ')

/** On every answer, whoever writes it. */
export const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'permissions-policy': PERMISSIONS_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Two years (RFC 6797); without subdomains, which are not ours to decide on. */
const STRICT_TRANSPORT_SECURITY = 'max-age=63072000'

/** What is on every answer to this request. */
export const headersFor = (
  request: IncomingMessage,
  origins: OriginPolicy,
): Record<string, string> => ({
  ...SECURITY_HEADERS,
  ...(origins.isSecure(request) && { 'strict-transport-security': STRICT_TRANSPORT_SECURITY }),
  // Static files say otherwise for themselves.
  'cache-control': 'no-store',
})

/** Put the security headers on every answer, errors included (ASVS 3.4). */
export function addSecurityHeaders(http: FastifyInstance, origins: OriginPolicy): void {
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersFor(request.raw, origins))
    done()
  })
}
