import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A client that writes what it likes, and never closes by itself. */
export interface TcpClient {
  readonly socket: Socket
  /** What came so far. */
  readonly text: string
  write(text: string): void
  /** The server has ended it: what came until then. */
  readonly ended: Promise<string>
}

/** @param origin of the server @param head the first thing that is written */
export async function openTcp(origin: string, head = ''): Promise<TcpClient> {
  const { hostname, port } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString()))
  const ended = new Promise<string>((resolve) => {
    const end = (): void => {
      resolve(text)
    }
    socket.on('end', end)
    socket.on('error', end)
  })
  await once(socket, 'connect')
  if (head !== '') socket.write(head)
  return {
    socket,
    ended,
    get text() {
      return text
    },
    write: (more) => void socket.write(more),
  }
}

/** The head of an HTTP request. */
export const headOf = (line: string, headers: Readonly<Record<string, string>> = {}): string =>
  [`${line} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
    .join('\r\n')
    .concat('\r\n\r\n')

/** The head of an upgrade. */
export const upgradeHead = (headers: Readonly<Record<string, string>>, path = '/ws'): string =>
  headOf(`GET ${path}`, {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  })
