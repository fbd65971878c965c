import {
  createServer as createPlainServer,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { AppError } from '#shared/errors.ts'
import type { AddressLimit } from '../limits/addressLimit.ts'
import type { Log } from '../log/log.ts'
import type { Answers } from './answers.ts'
import type { Deadlines } from './deadlines.ts'
import { hostRefusal, type HostPolicy } from './hosts.ts'
import { refuse } from './rawAnswer.ts'

/** Every connection with this process, whatever is spoken on it. */
export type OpenSockets = Set<Socket>

export interface NodeServerOptions {
  /** PEM texts; null: plain http. */
  readonly tls: { cert: string; key: string } | null
  readonly deadlines: Deadlines
  readonly hosts: HostPolicy
  readonly log: Log
  readonly answers: Answers
  readonly open: OpenSockets
  /** Bounds the connections of each address; null: they are a proxy's, which has the users' addresses. */
  readonly limit: AddressLimit | null
}

/** The server below the HTTP application and the WebSockets. */
export function createNodeServer(handler: RequestListener, options: NodeServerOptions): Server {
  const { tls, deadlines, answers } = options
  const limited: RequestListener = (request, response) => {
    answers.begin(response, request.socket)
    handler(request, response)
  }
  const settings: ServerOptions = {
    headersTimeout: deadlines.head,
    requestTimeout: deadlines.request,
    keepAliveTimeout: deadlines.idle,
    connectionsCheckingInterval: deadlines.look,
    // A missing Host is answered by us: Node would do so in another shape.
    requireHostHeader: false,
  }
  const server =
    tls === null
      ? createPlainServer(settings, limited)
      : createTlsServer({ ...settings, ...tls, handshakeTimeout: deadlines.head }, limited)
  server.timeout = deadlines.silence
  // An expectation that is not known may be passed over (RFC 9110 10.1.1).
  server.on('checkExpectation', limited)
  // Node would close it without an answer.
  server.on('connect', (request, socket) => {
    refuse(socket, hostRefusal(request, options) ?? new AppError('request/not-found'))
  })
  server.on('connection', (socket: Socket) => {
    admit(socket, options)
  })
  return server
}

function admit(socket: Socket, { open, limit }: NodeServerOptions): void {
  const leave = limit?.enter(socket.remoteAddress ?? '')
  if (leave === null) {
    socket.destroy()
    return
  }
  open.add(socket)
  socket.once('close', () => {
    open.delete(socket)
    leave?.()
  })
}
