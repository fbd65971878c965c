import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { FRAME_MAX_BYTES } from '#shared/limits.ts'
import type { OriginPolicy } from '#server/platform/http/origin.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { OpenSocket, SocketOwner } from './connection.ts'

const SOCKET_PATH = '/ws'

export interface UpgradeOptions {
  readonly server: Server
  readonly log: Log
  readonly origins: OriginPolicy
  readonly authenticate: (request: IncomingMessage) => Promise<SocketOwner | null>
  readonly open: (opened: OpenSocket, owner: SocketOwner) => void
}

/** Let those in who come from our own pages with a live session; the others get an HTTP status. */
export function acceptUpgrades({ server, log, origins, authenticate, open }: UpgradeOptions): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_MAX_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  })

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const [path] = (request.url ?? '').split('?', 1)
    if (path !== SOCKET_PATH) refuse(stream, '404 Not Found')
    else if (!origins.isOwn(request)) refuse(stream, '403 Forbidden')
    else {
      const owner = await authenticate(request)
      if (owner === null) refuse(stream, '401 Unauthorized')
      else {
        sockets.handleUpgrade(request, stream, head, (socket) => {
          stream.off('error', destroy)
          open({ socket, stream }, owner)
        })
      }
    }
  }

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Until the socket is a WebSocket, its errors are nobody else's.
    stream.on('error', destroy)
    upgrade(request, stream, head).catch((err: unknown) => {
      log.error({ err }, 'upgrade failed')
      refuse(stream, '500 Internal Server Error')
    })
  })
}

function destroy(this: Duplex): void {
  this.destroy()
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
