import type { RequestListener } from 'node:http'
import { fastifyCookie } from '@fastify/cookie'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { AddressLimit } from '../limits/addressLimit.ts'
import type { Log } from '../log/log.ts'
import { createAnswers } from './answers.ts'
import { answerClientErrors } from './clientErrors.ts'
import { guardUnsafeMethods } from './csrf.ts'
import type { Deadlines } from './deadlines.ts'
import { answerErrors, answerFrameworkErrors } from './errors.ts'
import { guardHosts, type HostPolicy } from './hosts.ts'
import { limitForwarded } from './limitForwarded.ts'
import type { OriginPolicy } from './origin.ts'
import { pageAddress } from './pages.ts'
import { addSecurityHeaders } from './securityHeaders.ts'
import { createNodeServer, type OpenSockets } from './server.ts'

const BODY_MAX_BYTES = 64 * 1024
/** What still runs when the server closes may end until then. */
const CLOSE_GRACE_MS = 2_000

export interface HttpOptions {
  log: Log
  origins: OriginPolicy
  hosts: HostPolicy
  trustedProxies: number
  /** PEM texts; null: plain http. */
  tls: { cert: string; key: string } | null
  deadlines: Deadlines
  /** Bounds the connections of each address. */
  sockets: AddressLimit
}

/** The HTTP application without any route of a room: headers, guard and errors. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const { log, deadlines, sockets, trustedProxies } = options
  const open: OpenSockets = new Set()
  const answers = createAnswers(deadlines.answer)
  // Behind a proxy an address has requests; the connections are the proxy's.
  const limit = trustedProxies === 0 ? sockets : null
  const loggerInstance: FastifyBaseLogger = log
  const http = fastify({
    loggerInstance,
    // A request line would hold mobile numbers; refusals are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    rewriteUrl: pageAddress,
    trustProxy: (_address, hop) => hop < trustedProxies,
    // A stopped server does not wait for idle keep-alive connections.
    forceCloseConnections: 'idle',
    frameworkErrors: answerFrameworkErrors(options),
    clientErrorHandler: answerClientErrors(log, answers),
    serverFactory: (handler: RequestListener) =>
      createNodeServer(handler, { ...options, answers, open, limit }),
  })
  // Only for its parser and writer (accounts/): which cookies count, a route does not see.
  void http.register(fastifyCookie, { hook: false })
  addSecurityHeaders(http, options.origins)
  guardHosts(http, options.hosts)
  if (limit === null) limitForwarded(http, { sockets, trustedProxies })
  guardUnsafeMethods(http, options.origins)
  answerErrors(http)
  limitClosing(http, open)
  return http
}

/** Nobody keeps the server from closing: not who never ends a request, nor who never lets go. */
function limitClosing(http: FastifyInstance, open: OpenSockets): void {
  http.addHook('preClose', (done) => {
    setTimeout(() => {
      for (const socket of open) socket.destroy()
    }, CLOSE_GRACE_MS).unref()
    done()
  })
}
