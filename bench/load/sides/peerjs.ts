import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { nextFrame, openSocket } from '../openSocket.ts'
import { startServer } from '../serverProcess.ts'
import type { Line, LoadClient, Side } from '../side.ts'
import type { Signal } from '../signals.ts'

interface PeerLine extends Line {
  readonly id: string
}

const BEAT = JSON.stringify({ type: 'HEARTBEAT' })

/** PeerJS's server, spoken to as peerjs 1.5 does. */
export async function startPeerjs(): Promise<Side> {
  const server = await startServer('bench/load/servers/peerjs.ts')
  return {
    ...server,
    name: 'peer (PeerJS)',
    async open() {
      // The client takes its id from the server and makes its token like this.
      const id = randomUUID()
      const token = Math.random().toString(36).slice(2)
      const path = `/peerjs?key=peerjs&id=${id}&token=${token}&version=1.5.5`
      const socket = openSocket({ url: server.url, path })
      await nextFrame(socket, (text) => text === '{"type":"OPEN"}')
      return lineOf(socket, id)
    },
    join: (a, b) => Promise.resolve([clientOf(a, b), clientOf(b, a)]),
  }
}

const lineOf = (socket: WebSocket, id: string): PeerLine => ({ socket, id, beat: () => BEAT })

function clientOf(line: Line, peer: Line): LoadClient {
  const dst = (peer as PeerLine).id
  const connectionId = `mc_${dst}`
  const frameOf = ({ kind, text }: Signal): string =>
    kind === 'candidate'
      ? JSON.stringify({
          type: 'CANDIDATE',
          payload: {
            candidate: { candidate: text, sdpMLineIndex: 0, sdpMid: '0', usernameFragment: '4ZcD' },
            type: 'media',
            connectionId,
          },
          dst,
        })
      : JSON.stringify({
          type: 'OFFER',
          payload: { sdp: { type: 'offer', sdp: text }, type: 'media', connectionId },
          dst,
        })
  return {
    ...line,
    frameOf,
    isRefusal: (frame) => /"type":"(LEAVE|EXPIRE|ERROR)"/.test(frame.toString()),
  }
}
