import type { WebSocket } from 'ws'
import { nextFrame, openSocket } from '../openSocket.ts'
import { startServer } from '../serverProcess.ts'
import type { Line, LoadClient, Side } from '../side.ts'
import type { Signal } from '../signals.ts'

interface IoLine extends Line {
  readonly sid: string
}

/** Engine.IO packets of protocol 4: the server pings, the client answers. */
const [PING, PONG, CONNECT] = ['2', '3', '40']

/** Socket.IO over WebSocket alone; its own client would do the same with more work for the generator. */
export async function startSocketio(): Promise<Side> {
  const server = await startServer('bench/load/servers/socketio.ts')
  return {
    ...server,
    name: 'Socket.IO',
    async open() {
      const socket = openSocket({ url: server.url, path: '/socket.io/?EIO=4&transport=websocket' })
      await nextFrame(socket, (text) => text.startsWith('0{'))
      const connected = nextFrame(socket, (text) => text.startsWith('40{'))
      socket.send(CONNECT)
      const { sid } = JSON.parse((await connected).slice(CONNECT.length)) as { sid: string }
      return lineOf(socket, sid)
    },
    join: (a, b) => Promise.resolve([clientOf(a, b), clientOf(b, a)]),
  }
}

function lineOf(socket: WebSocket, sid: string): IoLine {
  socket.on('message', (data: Buffer) => {
    if (data.length === 1 && data.toString() === PING) socket.send(PONG)
  })
  return { socket, sid, beat: () => null }
}

function clientOf(line: Line, peer: Line): LoadClient {
  const { sid } = peer as IoLine
  const frameOf = ({ kind, text }: Signal): string => {
    const signal =
      kind === 'candidate'
        ? { candidate: text, sdpMLineIndex: 0, sdpMid: '0', usernameFragment: '4ZcD' }
        : { type: 'offer', sdp: text }
    return `42${JSON.stringify(['signal', sid, signal])}`
  }
  return { ...line, frameOf, isRefusal: () => false }
}
