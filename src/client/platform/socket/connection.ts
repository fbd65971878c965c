import ReconnectingWebSocket from 'reconnecting-websocket'

/** One WebSocket that comes back by itself; what an older one of it still says is not heard. */
export interface Connection {
  readonly isOpen: boolean
  open(): void
  close(): void
  /** Drop what there is and connect now, without waiting for the next try. */
  retryNow(): void
  /** @returns false when there is no open socket: nothing is queued here */
  send(text: string): boolean
}

export interface ConnectionOptions {
  url: string
  /** The class to connect with; the browser's own when left out. */
  WebSocket?: unknown
  onOpen: () => void
  onText: (text: string) => void
  /** @param wasOpen whether this socket had ever been open: if not, the server may have refused it */
  onClose: (code: number, wasOpen: boolean) => void
}

/** First retry after 0.3 to 1 s, then longer up to 5 s: a ringing call can't wait for long. */
const RETRY = {
  minReconnectionDelay: 300,
  maxReconnectionDelay: 5_000,
  reconnectionDelayGrowFactor: 1.5,
  connectionTimeout: 5_000,
  minUptime: 3_000,
  // Our outbox is ours: nothing may wait in two places.
  maxEnqueuedMessages: 0,
}

export function createConnection(options: ConnectionOptions): Connection {
  let current: ReconnectingWebSocket | null = null

  function connect(): void {
    const socket = new ReconnectingWebSocket(options.url, [], {
      ...RETRY,
      // Spread, so that a restarted server does not meet all its clients in one moment.
      minReconnectionDelay: RETRY.minReconnectionDelay + Math.random() * 700,
      ...(options.WebSocket === undefined ? {} : { WebSocket: options.WebSocket }),
    })
    current = socket
    let wasOpen = false
    const isCurrent = (): boolean => current === socket
    socket.addEventListener('open', () => {
      wasOpen = true
      if (isCurrent()) options.onOpen()
    })
    socket.addEventListener('message', ({ data }) => {
      if (isCurrent()) options.onText(String(data))
    })
    socket.addEventListener('close', ({ code }) => {
      const before = wasOpen
      wasOpen = false
      if (isCurrent()) options.onClose(code, before)
    })
  }

  function disconnect(): void {
    const socket = current
    // First nobody, then closed: its last words are not for us any more.
    current = null
    socket?.close()
  }

  return {
    get isOpen() {
      return current?.readyState === ReconnectingWebSocket.OPEN
    },
    open() {
      if (current === null) connect()
    },
    close: disconnect,
    retryNow() {
      if (current === null) return
      disconnect()
      connect()
    },
    send(text) {
      if (current?.readyState !== ReconnectingWebSocket.OPEN) return false
      current.send(text)
      return true
    },
  }
}
