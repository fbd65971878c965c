import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type ServerOptions } from 'ws'
import { AppError } from '#shared/errors.ts'
import { FRAME_MAX_BYTES } from '#shared/limits.ts'
import { clientAddress } from '#server/platform/http/clientAddress.ts'
import { hostRefusal, type HostPolicy } from '#server/platform/http/hosts.ts'
import type { OriginPolicy } from '#server/platform/http/origin.ts'
import { refuse } from '#server/platform/http/rawAnswer.ts'
import type { AddressLimit } from '#server/platform/limits/addressLimit.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { OpenSocket, SocketOwner } from './connection.ts'

const SOCKET_PATH = '/ws'
/** A client that is told goodbye has so long to say it, too. */
const GOODBYE_MS = 10_000

// Its types do not know of `closeTimeout` yet.
const SOCKET_SETTINGS: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload: FRAME_MAX_BYTES,
  perMessageDeflate: false,
  clientTracking: false,
  closeTimeout: GOODBYE_MS,
}

export interface UpgradeOptions {
  readonly server: Server
  readonly log: Log
  readonly hosts: HostPolicy
  readonly origins: OriginPolicy
  /** Bounds the connections of each address. */
  readonly sockets: AddressLimit
  readonly trustedProxies: number
  /** ms after which what is not a WebSocket by then is closed */
  readonly upgradeMs: number
  readonly authenticate: (request: IncomingMessage) => Promise<SocketOwner | null>
  readonly open: (opened: OpenSocket, owner: SocketOwner) => void
}

/**
 * Let those in who come from our own pages with a live session; the others get an HTTP answer.
 * @returns what ends it: nobody new is let in, nor who is being asked for just then
 */
export function acceptUpgrades(options: UpgradeOptions): () => void {
  const { server, log, upgradeMs, open } = options
  const sockets = new WebSocketServer(SOCKET_SETTINGS)
  // An incomplete handshake. The answer names the version we speak (RFC 6455 4.4).
  sockets.on('wsClientError', (_error, stream) => {
    refuse(stream, new AppError('protocol/malformed'), { 'sec-websocket-version': '13' })
  })
  let isOver = false

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const owner = await ownerOf(request, stream, options)
    if (isOver) throw new AppError('request/server')
    if (stream.destroyed) return
    sockets.handleUpgrade(request, stream, head, (socket) => {
      stream.off('error', destroy)
      open({ socket, stream }, owner)
    })
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Until the socket is a WebSocket, its errors are nobody else's.
    stream.on('error', destroy)
    // It is refused or taken at once, but a client that does not let go would keep it for ever.
    const late = setTimeout(() => stream.destroy(), upgradeMs).unref()
    stream.once('close', () => {
      clearTimeout(late)
    })
    upgrade(request, stream, head).then(
      () => {
        clearTimeout(late)
      },
      (cause: unknown) => {
        const error = cause instanceof AppError ? cause : new AppError('request/server', { cause })
        if (error !== cause) log.error({ err: cause }, 'upgrade failed')
        refuse(stream, error)
      },
    )
  }
  server.on('upgrade', onUpgrade)

  return () => {
    isOver = true
    server.off('upgrade', onUpgrade)
  }
}

/** @throws AppError for who is not let in */
async function ownerOf(
  request: IncomingMessage,
  stream: Duplex,
  { hosts, log, origins, sockets, trustedProxies, authenticate }: UpgradeOptions,
): Promise<SocketOwner> {
  const refusal = hostRefusal(request, { hosts, log })
  if (refusal !== null) throw refusal
  const [path] = (request.url ?? '').split('?', 1)
  if (path !== SOCKET_PATH) throw new AppError('request/not-found')
  if (!origins.isOwn(request)) throw new AppError('request/forbidden')
  // Without a proxy each connection has its place already, from its first moment.
  if (trustedProxies > 0) {
    const leave = sockets.enter(clientAddress(request, trustedProxies))
    if (leave === null) throw new AppError('request/rate-limited')
    stream.once('close', leave)
  }
  const owner = await authenticate(request)
  if (owner === null) throw new AppError('auth/signed-out')
  return owner
}

function destroy(this: Duplex): void {
  this.destroy()
}
