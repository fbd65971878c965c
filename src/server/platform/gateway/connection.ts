import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { CLOSE_CODES } from '#shared/protocol/envelope.ts'
import { SEND_QUEUE_MAX_BYTES } from '#shared/limits.ts'
import type { LegId } from '#shared/ids.ts'
import { FrameLimit } from './frameLimit.ts'

/** Who opened a socket, as the session says. */
export interface SocketOwner {
  readonly userId: string
  readonly sessionId: string
  /** ms UTC: when the session ends by itself. */
  readonly expiresAt: number
}

/** One tab of one user, after its hello. */
export interface TabLeg {
  readonly userId: string
  readonly legId: LegId
  readonly deviceId: string
}

/** A WebSocket and what it writes to. */
export interface OpenSocket {
  readonly socket: WebSocket
  readonly stream: Duplex
}

/** We speak text, also where its bytes are at hand. */
const TEXT_FRAME = { binary: false }

/** How long a flooding socket is not read, ms. Its limit is fresh after that. */
const REST_MS = 1_000

/** One authenticated WebSocket. A class: there are many, and methods of its own would cost each. */
export class Connection {
  readonly owner: SocketOwner
  readonly limit: FrameLimit
  /** Bounds how many frames over the limit are answered. */
  readonly refusals: FrameLimit
  /** Null before the hello. */
  leg: TabLeg | null = null
  /** ms, by `Clock.elapsed` */
  readonly openedAt: number
  /** When the last frame or pong came; the same. */
  seenAt: number
  /** The tab said that it unloads. */
  unloading = false
  readonly #socket: WebSocket
  readonly #stream: Duplex
  #isHeld = false

  /** @param now ms, by a clock that can't be set */
  constructor({ socket, stream }: OpenSocket, owner: SocketOwner, now: number) {
    this.#socket = socket
    this.#stream = stream
    this.owner = owner
    this.limit = new FrameLimit(now)
    this.refusals = new FrameLimit(now)
    this.openedAt = now
    this.seenAt = now
  }

  /** @param frame text, or its bytes in UTF-8 */
  send(frame: string | Buffer): void {
    this.#write(frame)
    this.release()
  }

  /** The same for what nobody waits for: it goes out with the next frame, or at `release`. */
  sendLater(text: string): void {
    if (!this.#isHeld) this.#stream.cork()
    this.#isHeld = true
    this.#write(text)
  }

  /** Write what is held back. */
  release(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    this.#stream.uncork()
  }

  /** A client that does not read is cut off, so that it can't hold the server's memory. */
  #write(frame: string | Buffer): void {
    const socket = this.#socket
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > SEND_QUEUE_MAX_BYTES) socket.close(CLOSE_CODES.slow)
    else socket.send(frame, TEXT_FRAME)
  }

  close(code: number): void {
    this.#socket.close(code)
    this.release()
  }

  /** Stop reading for a moment: what the other side still sends waits on its side. */
  rest(): void {
    const socket = this.#socket
    if (socket.isPaused) return
    socket.pause()
    setTimeout(() => {
      socket.resume()
    }, REST_MS).unref()
  }

  ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
  }

  /** Drop it without a handshake: the other side is not there any more. */
  terminate(): void {
    this.#socket.terminate()
  }
}
