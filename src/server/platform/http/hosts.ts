import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import type { Log } from '../log/log.ts'

/** Which names this server answers to. */
export interface HostPolicy {
  /** @param host the Host header */
  isServed(host: string | undefined): boolean
}

export interface HostPolicyOptions {
  /** Names that the server is reached by; null: nobody has said which. */
  publicHosts: readonly string[] | null
  allowedOrigins: readonly string[]
  /** Where it listens. */
  host: string
  isProduction: boolean
}

/** A watchdog asks by whatever name it knows, and learns nothing. */
const ASKED_BY_ANY_NAME = '/healthz'

/** The name in a Host header, or null. */
function nameIn(host: string): string | null {
  const name = /^(\[[\d.:a-f]+\]|[^\s:/?#@[\]\\]+)(?::\d{0,5})?$/i.exec(host)?.[1]
  return name?.toLowerCase().replace(/\.$/, '') ?? null
}

/**
 * A page of another site can let its name point to this server, and then speak to it as if it were ours
 * (DNS rebinding). So where it matters only names that are known are answered to.
 */
export function createHostPolicy(options: HostPolicyOptions): HostPolicy {
  const { publicHosts, allowedOrigins, host, isProduction } = options
  const isOpen = publicHosts === null && !isProduction
  const listening = ['localhost', hostname(), host].map((name) => name.toLowerCase())
  const allowed = allowedOrigins.map((origin) => new URL(origin).hostname)
  const names = new Set(publicHosts ?? [...listening, ...allowed])
  // An address is no name: nobody can let it point elsewhere.
  const isAddress = (name: string): boolean => isIP(name.replace(/^\[|\]$/g, '')) !== 0

  return {
    isServed(host) {
      if (isOpen) return true
      const name = nameIn(host ?? '')
      return name !== null && (names.has(name) || (publicHosts === null && isAddress(name)))
    },
  }
}

/** How many `Host` headers a request has. A proxy and a server may disagree on which one counts (RFC 9112 3.2). */
const hostsIn = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length

/** @returns why a request is refused (a foreign host, none, or two of them); null: it is not */
export function hostRefusal(
  request: IncomingMessage,
  { hosts, log }: { hosts: HostPolicy; log: Pick<Log, 'warn'> },
): AppError | null {
  const { host } = request.headers
  const count = hostsIn(request)
  if (count > 1 || (count === 0 && request.httpVersion === '1.1')) {
    return new AppError('protocol/malformed', { field: 'host' })
  }
  if (request.url === ASKED_BY_ANY_NAME || hosts.isServed(host)) return null
  log.warn({ host }, 'asked by a name that is not one of PUBLIC_HOSTS')
  return new AppError('request/forbidden', { field: 'host' })
}

/** Refuse requests for a host that is not ours. */
export function guardHosts(http: FastifyInstance, hosts: HostPolicy): void {
  http.addHook('onRequest', (request, _reply, done) => {
    done(hostRefusal(request.raw, { hosts, log: request.log }) ?? undefined)
  })
}
