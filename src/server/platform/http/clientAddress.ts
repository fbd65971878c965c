import type { IncomingMessage } from 'node:http'

/**
 * The address that a request comes from: what the farthest trusted proxy has seen. Each proxy appends
 * the address that it was asked from to X-Forwarded-For; what stands before those may be by anyone.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const peer = request.socket.remoteAddress ?? ''
  if (trustedProxies === 0) return peer
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  return forwarded.slice(-trustedProxies)[0] ?? peer
}
