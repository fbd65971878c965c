import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { fastifyCookie } from '@fastify/cookie'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Log } from '../log/log.ts'
import { guardUnsafeMethods } from './csrf.ts'
import { answerErrors } from './errors.ts'
import type { OriginPolicy } from './origin.ts'
import { addSecurityHeaders } from './securityHeaders.ts'

const BODY_MAX_BYTES = 64 * 1024
/** A request must have arrived whole by then (slow senders, S26). */
const REQUEST_TIMEOUT_MS = 30_000

/** Requests that still run when the server closes may end until then. */
const CLOSE_GRACE_MS = 2_000

export interface HttpOptions {
  log: Log
  origins: OriginPolicy
  trustedProxies: number
  /** PEM texts; null: plain http. */
  tls: { cert: string; key: string } | null
}

/** The HTTP application without any route of a room: headers, guard and errors. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const { tls } = options
  const loggerInstance: FastifyBaseLogger = options.log
  const http = fastify({
    loggerInstance,
    // A request line would hold mobile numbers; refusals are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: (_address, hop) => hop < options.trustedProxies,
    // A stopped server does not wait for idle keep-alive connections.
    forceCloseConnections: 'idle',
    serverFactory: (handler: RequestListener): Server =>
      tls === null ? createServer(handler) : createTlsServer(tls, handler),
  })
  // Only for its parser and writer (accounts/): which cookies count, a route does not see.
  void http.register(fastifyCookie, { hook: false })
  addSecurityHeaders(http, options.origins)
  guardUnsafeMethods(http, options.origins)
  answerErrors(http)
  limitClosing(http)
  return http
}

/** A client that never finishes its request must not keep the server from closing. */
function limitClosing(http: FastifyInstance): void {
  http.addHook('preClose', (done) => {
    setTimeout(() => {
      http.server.closeAllConnections()
    }, CLOSE_GRACE_MS).unref()
    done()
  })
}
