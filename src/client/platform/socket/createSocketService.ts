import { AppError } from '#shared/errors.ts'
import type {
  PushBody,
  PushType,
  RequestBody,
  RequestReply,
  RequestType,
} from '#shared/protocol/envelope.ts'
import { parseReceived, type Received } from '#shared/protocol/parse.ts'
import { closeReasonOf, type CloseReason } from './closeReason.ts'
import { createHeartbeat, type Heartbeat } from './heartbeat.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { createConnection, type Connection } from './connection.ts'
import { createListeners } from './listeners.ts'
import { createOwnFrames, type OwnFrames } from './ownFrames.ts'
import { createPendingRequests, type PendingRequests } from './pendingRequests.ts'
import { createPushListeners } from './pushListeners.ts'
import { createServerClock } from './serverClock.ts'
import type { SocketService, SocketStatus } from './SocketService.ts'
import type { WakeUps } from './wakeUps.ts'

export interface SocketServiceOptions {
  url: string
  deviceId: string
  legId: string
  /** Why the session does not let us in; null where it does. Asked when the server refuses the socket. */
  whyRefused: () => Promise<CloseReason | null>
  /** Fires `online`, `visibilitychange`, `pagehide`; the browser's window and document. */
  wakeUps?: WakeUps
  /** The class to connect with; the browser's own when left out. */
  WebSocket?: unknown
}

/** The connection is tried with a ping on waking up; no answer by then, and it is made anew. */
const PROBE_TIMEOUT_MS = 2_500

/** The socket service over one reconnecting WebSocket: hello, replies, order, heartbeat, clock. */
export const createSocketService = (options: SocketServiceOptions): SocketService =>
  new ReconnectingSocket(options)

class ReconnectingSocket implements SocketService {
  readonly #options: SocketServiceOptions
  readonly #connection: Connection
  readonly #pending: PendingRequests
  readonly #inbox: Inbox
  readonly #ownFrames: OwnFrames
  readonly #heartbeat: Heartbeat
  readonly #pushes = createPushListeners()
  readonly #statuses = createListeners<SocketStatus>()
  readonly #refusals = createListeners<CloseReason>()
  #status: SocketStatus = 'offline'
  #isClosing = false
  readonly #clock = createServerClock()
  #accountId = ''
  /** Which `open` this is: an answer about an earlier one means nothing. */
  #life = 0

  constructor(options: SocketServiceOptions) {
    this.#options = options
    this.#connection = createConnection({
      url: options.url,
      WebSocket: options.WebSocket,
      onOpen: () => void this.#ownFrames.sayHello(),
      onText: (text) => {
        this.#handleText(text)
      },
      onClose: (code, wasOpen) => {
        this.#handleClose(code, wasOpen)
      },
    })
    this.#pending = createPendingRequests((frame) => {
      if (this.#status === 'online' || this.#isClosing) this.#connection.send(frame)
    })
    this.#inbox = createInbox({
      handOn: (push) => {
        this.#pushes.tell(push)
      },
      askAgain: () => void this.#ownFrames.sayHello(),
    })
    this.#ownFrames = createOwnFrames({
      deviceId: options.deviceId,
      legId: options.legId,
      accountId: () => this.#accountId,
      inbox: this.#inbox,
      clock: this.#clock,
      send: (text) => this.#connection.send(text),
      onHello: () => {
        this.#handleHello()
      },
    })
    this.#heartbeat = createHeartbeat({
      ask: () => (this.#status === 'online' ? this.#ownFrames.ping() : this.#ownFrames.sayHello()),
      onDead: () => {
        this.#reconnect()
      },
    })
    this.#hearWakeUps(options.wakeUps)
  }

  get status(): SocketStatus {
    return this.#status
  }

  open(accountId: string): void {
    if (accountId !== this.#accountId) this.close()
    this.#accountId = accountId
    if (this.#status !== 'offline') return
    this.#setStatus('connecting')
    this.#heartbeat.start()
    this.#connection.open()
  }

  close(): void {
    this.#life += 1
    this.#heartbeat.stop()
    // Told while the connection still stands: a call that ends by it can say so.
    this.#isClosing = true
    this.#setStatus('offline')
    this.#isClosing = false
    this.#connection.close()
    this.#pending.failAll(new AppError('connection/offline'))
    // The server goes on counting for this leg, also for who logs in here next.
    this.#inbox.clear()
  }

  request<T extends RequestType>(
    type: T,
    body: RequestBody<T>,
    signal?: AbortSignal,
  ): Promise<RequestReply<T>> {
    return this.#status === 'offline' && !this.#isClosing
      ? Promise.reject(new AppError('connection/offline'))
      : this.#pending.ask(type, body, signal)
  }

  onPush<T extends PushType>(type: T, handler: (body: PushBody<T>) => void): () => void {
    return this.#pushes.add(type, handler)
  }

  onStatus(handler: (status: SocketStatus) => void): () => void {
    return this.#statuses.add(handler)
  }

  onRefused(handler: (reason: CloseReason) => void): () => void {
    return this.#refusals.add(handler)
  }

  serverNow(): number {
    return this.#clock.now()
  }

  #hearWakeUps(wakeUps: WakeUps | undefined): void {
    const wake = (): void => {
      this.#wake()
    }
    wakeUps?.onOnline(wake)
    wakeUps?.onVisible(wake)
    wakeUps?.onUnload(() => {
      this.#ownFrames.sayBye()
    })
  }

  #setStatus(next: SocketStatus): void {
    if (next === this.#status) return
    this.#status = next
    this.#statuses.tell(next)
  }

  #handleText(text: string): void {
    this.#heartbeat.settle()
    const received = parseReceived(text)
    // A frame of a later server: skipped, never a reason to fall over.
    if (received.ok) this.#handleReceived(received.value)
  }

  #handleReceived(received: Received): void {
    if (received.kind === 'push') {
      this.#inbox.take(received.n, received.push)
      return
    }
    const { replyTo, result } = received
    if (replyTo === null || this.#ownFrames.take(replyTo, result)) return
    this.#pending.settle(replyTo, result)
  }

  #handleHello(): void {
    const wasOnline = this.#status === 'online'
    this.#setStatus('online')
    if (!wasOnline) this.#pending.repeatAll()
  }

  #handleClose(code: number, wasOpen: boolean): void {
    this.#clock.forget()
    this.#heartbeat.settle()
    const reason = closeReasonOf(code)
    if (reason !== null) {
      this.#refuse(reason)
      return
    }
    this.#setStatus('connecting')
    if (!wasOpen) void this.#checkSession()
  }

  /** The upgrade's 401 can't be read in a browser, so a socket that never opens asks over HTTP. */
  async #checkSession(): Promise<void> {
    const life = this.#life
    const reason = await this.#options.whyRefused().catch(() => null)
    if (reason !== null && life === this.#life) this.#refuse(reason)
  }

  #refuse(reason: CloseReason): void {
    this.close()
    this.#refusals.tell(reason)
  }

  #reconnect(): void {
    this.#clock.forget()
    this.#heartbeat.settle()
    this.#setStatus('connecting')
    this.#connection.retryNow()
  }

  #wake(): void {
    if (this.#status === 'offline') return
    if (this.#connection.isOpen) this.#heartbeat.probe(PROBE_TIMEOUT_MS)
    else this.#reconnect()
  }
}
