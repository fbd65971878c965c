import type {
  PushBody,
  PushType,
  RequestBody,
  RequestReply,
  RequestType,
} from '#shared/protocol/envelope.ts'
import type { CloseReason } from './closeReason.ts'

/** What the screen says of the way to the server. */
export type SocketStatus = 'offline' | 'connecting' | 'online'

/** The one WebSocket of this tab, as the rooms see it. */
export interface SocketService {
  readonly status: SocketStatus
  /** Open for one account (after a log-in) [HS12]; harmless when it is open for it. */
  open(accountId: string): void
  /** Close for good (before a log-out). What `onStatus` handlers ask on hearing it still goes out. */
  close(): void
  /**
   * Ask and wait. Repeated until answered, also across a lost socket, so requests are idempotent.
   * @param signal once aborted, the request is not repeated; a reply that still comes counts
   * @throws AppError the server's typed error, or `request/timed-out` after its patience (envelope.ts)
   */
  request<T extends RequestType>(
    type: T,
    body: RequestBody<T>,
    signal?: AbortSignal,
  ): Promise<RequestReply<T>>
  /** Hear every push of one type; returns the function that stops it. */
  onPush<T extends PushType>(type: T, handler: (body: PushBody<T>) => void): () => void
  /** Hear every change of `status`; after each `online` a room fetches what it may have missed. */
  onStatus(handler: (status: SocketStatus) => void): () => void
  /** The server closed with a code that means "do not retry". */
  onRefused(handler: (reason: CloseReason) => void): () => void
  /** The server's clock, ms UTC. */
  serverNow(): number
}
