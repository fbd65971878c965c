import { WebSocket, type RawData } from 'ws'

/** A frame on its way. */
export interface Passing {
  readonly direction: 'out' | 'in'
  /** `call.offer` for a request or a push, `reply to call.offer` for a reply. */
  readonly name: string
  readonly text: string
  /** Call frames of the server are numbered. */
  readonly n: number | null
}

/** What becomes of a frame: for each copy that arrives, after how many ms. None: it is lost. */
export type Fate = (passing: Passing) => readonly number[]

/** The cable between a client and the server, for a test to pull at. */
export interface Wire {
  fate: Fate
  /** Called with every frame before its fate. */
  onPassing: (passing: Passing) => void
  readonly passed: Passing[]
  /** How many sockets were made so far. */
  readonly socketCount: number
  /** The class to connect with. */
  readonly WebSocket: unknown
  /** Pull the cable: what is open breaks without a word, and nothing opens. */
  cut(): void
  mend(): void
}

/** A port that nobody listens on. */
const NOWHERE = 'ws://127.0.0.1:1/'

export interface WireOptions {
  origin: string
  cookie: () => string
}

/** Sockets as a browser makes them (`Origin`, cookie), over a cable that can be tampered with. */
export function createWire({ origin, cookie }: WireOptions): Wire {
  const open = new Set<WebSocket>()
  const askedAs = new Map<number, string>()
  let isCut = false
  let socketCount = 0

  function describe(direction: Passing['direction'], text: string): Passing {
    const frame = JSON.parse(text) as { id?: number; type?: string; replyTo?: number; n?: number }
    if (frame.id !== undefined) askedAs.set(frame.id, String(frame.type))
    const name = frame.type ?? `reply to ${askedAs.get(frame.replyTo ?? 0) ?? 'nobody'}`
    return { direction, name, text, n: frame.n ?? null }
  }

  function pass(direction: Passing['direction'], text: string, arrive: () => void): void {
    const passing = describe(direction, text)
    wire.passed.push(passing)
    wire.onPassing(passing)
    for (const ms of wire.fate(passing)) {
      if (ms === 0) arrive()
      else setTimeout(arrive, ms)
    }
  }

  class TamperedSocket extends WebSocket {
    constructor(url: string) {
      super(isCut ? NOWHERE : url, {
        headers: { origin, cookie: cookie() },
        perMessageDeflate: false,
      })
      socketCount += 1
      // A browser has no unhandled errors of sockets.
      this.on('error', () => undefined)
      open.add(this)
      this.on('close', () => open.delete(this))
    }

    override send(data: unknown): void {
      pass('out', String(data), () => {
        if (this.readyState === WebSocket.OPEN) super.send(String(data))
      })
    }

    override emit(event: string | symbol, ...given: unknown[]): boolean {
      if (event !== 'message') return super.emit(event, ...given)
      pass('in', String(given[0]), () => {
        if (this.readyState === WebSocket.OPEN)
          super.emit('message', ...(given as [RawData, boolean]))
      })
      return true
    }
  }

  const wire: Wire = {
    fate: () => [0],
    onPassing: () => undefined,
    passed: [],
    get socketCount() {
      return socketCount
    },
    WebSocket: TamperedSocket,
    cut() {
      isCut = true
      for (const socket of open) socket.terminate()
    },
    mend() {
      isCut = false
    },
  }
  return wire
}
