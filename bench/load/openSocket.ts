import { WebSocket } from 'ws'

const PATIENCE_MS = 20_000

export interface SocketRequest {
  /** http URL of the server. */
  readonly url: string
  /** Path and query. */
  readonly path: string
  readonly headers?: Record<string, string>
}

/** A WebSocket that is about to open. Whoever waits for its first frame misses none. */
export function openSocket({ url, path, headers = {} }: SocketRequest): WebSocket {
  return new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, {
    headers,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  })
}

/**
 * The next frame that fits, as text.
 * @throws Error when the socket closes, or says nothing of the kind for long
 */
export function nextFrame(socket: WebSocket, fits: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error('no answer from the server')), PATIENCE_MS)
    const closed = (code: number): void => fail(new Error(`closed with ${code}`))
    const heard = (data: Buffer): void => {
      const text = data.toString()
      if (!fits(text)) return
      tidy()
      resolve(text)
    }
    function tidy(): void {
      clearTimeout(timer)
      socket.off('message', heard).off('close', closed).off('error', fail)
    }
    function fail(error: Error): void {
      tidy()
      reject(error)
    }
    socket.on('message', heard).on('close', closed).on('error', fail)
  })
}
