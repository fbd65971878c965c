import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'

interface Frame {
  readonly id?: number
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
}

/** One socket, as the server has it. */
export interface ServerSide {
  /** Everything the client said on it. */
  readonly heard: readonly Frame[]
  /** What it asked for, without the hellos and pings. */
  readonly asked: readonly Frame[]
  readonly isOpen: boolean
  /** It answers no hello and no ping any more, as a dead link. */
  isSilent: boolean
  say(frame: object | string): void
  reply(to: number | undefined, body: object): void
  close(code: number): void
}

/** A WebSocket server that greets and answers pings; the rest is up to the test. */
export interface ScriptedServer {
  readonly url: string
  readonly sockets: readonly ServerSide[]
  /** The newest socket. */
  readonly socket: ServerSide
  /** Upgrades that were asked for, also those that were refused. */
  readonly attempts: number
  /** Refuse upgrades with this status. */
  refuseWith: number | null
  /** New sockets are silent from the start. */
  isDead: boolean
  epoch: string
  serverNow: () => number
  /** Number of the last call frame, as a pong tells it. */
  sent: number
}

const EPOCH = '01a00000-0000-7000-8000-00000000000a'

export async function createScriptedServer(): Promise<ScriptedServer> {
  const http = createServer()
  const sockets: ServerSide[] = []
  const acceptor = new WebSocketServer({ noServer: true })
  let attempts = 0

  http.on('upgrade', (request: IncomingMessage, stream, head) => {
    attempts += 1
    if (server.refuseWith !== null) stream.end(`HTTP/1.1 ${server.refuseWith} No\r\n\r\n`)
    else {
      acceptor.handleUpgrade(request, stream, head, (socket) => {
        sockets.push(createSide(socket, server))
      })
    }
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    http.closeAllConnections()
    for (const client of sockets) client.close(1001)
    http.close()
  })
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  const server: ScriptedServer = {
    url: `ws://127.0.0.1:${address.port}/ws`,
    sockets,
    get socket() {
      const newest = sockets.at(-1)
      if (newest === undefined) throw new Error('nobody came')
      return newest
    },
    get attempts() {
      return attempts
    },
    refuseWith: null,
    isDead: false,
    epoch: EPOCH,
    serverNow: () => Date.now(),
    sent: 0,
  }
  return server
}

function createSide(socket: WebSocket, server: ScriptedServer): ServerSide {
  const heard: Frame[] = []
  const side: ServerSide = {
    heard,
    get asked() {
      return heard.filter(({ type }) => type !== 'hello' && type !== 'ping')
    },
    get isOpen() {
      return socket.readyState === socket.OPEN
    },
    isSilent: server.isDead,
    say(frame) {
      socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
    },
    reply(to, body) {
      side.say({ replyTo: to, ok: true, body })
    },
    close(code) {
      socket.close(code)
    },
  }
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame
    heard.push(frame)
    if (side.isSilent) return
    const { serverNow, epoch, sent } = server
    if (frame.type === 'hello') {
      side.reply(frame.id, { userId: EPOCH, serverNow: serverNow(), epoch })
    }
    if (frame.type === 'ping') side.reply(frame.id, { sent, serverNow: server.serverNow() })
  })
  return side
}
