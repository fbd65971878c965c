import type { Signal } from '../machine/signal.ts'
import { createCandidateQueue, tryCandidate } from './candidateQueue.ts'
import { descriptionSignal } from './localSignals.ts'
import { withSendingPreferences, type SendingPreferences } from './sdp.ts'

export interface NegotiationOptions {
  /** The callee is polite: it gives way when two offers cross. */
  readonly polite: boolean
  /** Which RTCPeerConnection of these two legs this is; signals of another one are not heard. */
  readonly generation: number
  readonly preferences: SendingPreferences
}

/** The session that is negotiated, as its negotiation sees it. */
export interface NegotiatedSession {
  /** The connection; null before it began. */
  connection: () => RTCPeerConnection | null
  /** Begin it: the peer has offered first. */
  connect: () => RTCPeerConnection
  isClosed: () => boolean
  onSignal: (signal: Signal) => void
  /** The peer's offer is set, and the answer to it is made next. */
  beforeAnswer: (connection: RTCPeerConnection) => void
  /** The answer has been sent; nothing else is done with the connection until this is over. */
  afterAnswer: () => Promise<void>
}

/** An offer that nobody answers is said again: frames can be lost behind a socket that lives. */
const OFFER_REPEAT_MS = 3_000

/**
 * Perfect negotiation (W3C) of one connection: descriptions, candidates and changes of tracks go
 * through one queue.
 */
export class Negotiation {
  readonly #options: NegotiationOptions
  readonly #session: NegotiatedSession
  readonly #candidates = createCandidateQueue((one) =>
    tryCandidate(this.#session.connection(), one),
  )
  #queue: Promise<void> = Promise.resolve()
  #answeredOffer: string | null = null
  #takenAnswer: string | null = null
  #offerRepeat: ReturnType<typeof setInterval> | undefined

  constructor(options: NegotiationOptions, session: NegotiatedSession) {
    this.#options = options
    this.#session = session
  }

  /** The next thing to do with the connection, once all before it is done. */
  enqueue(operation: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#session.isClosed()) return
      try {
        await operation()
      } catch {
        // The browser refuses it, as a closed one does everything: no path is the call's own time-out.
      }
    })
  }

  /** Describe the connection as it is now to the peer. */
  offer(connection: RTCPeerConnection): void {
    this.enqueue(() => this.#makeOffer(connection))
  }

  /** A signal of the peer, in the order in which it came. */
  handle(signal: Signal): void {
    if (signal.generation !== this.#options.generation) return
    this.enqueue(() => {
      switch (signal.type) {
        case 'offer':
          return this.#takeOffer(signal.sdp)
        case 'answer':
          return this.#takeAnswer(signal.sdp)
        case 'candidate':
          return this.#candidates.add(signal.candidate)
      }
    })
  }

  /** Nothing is said again; what waits in the queue sees that the session is closed. */
  end(): void {
    clearInterval(this.#offerRepeat)
  }

  async #makeOffer(connection: RTCPeerConnection): Promise<void> {
    await connection.setLocalDescription()
    this.#sendDescription(connection)
    clearInterval(this.#offerRepeat)
    this.#offerRepeat = setInterval(() => {
      if (connection.signalingState === 'have-local-offer') this.#sendDescription(connection)
      else clearInterval(this.#offerRepeat)
    }, OFFER_REPEAT_MS)
  }

  async #takeOffer(sdp: string): Promise<void> {
    const connection = this.#session.connection() ?? this.#session.connect()
    const isStable = connection.signalingState === 'stable'
    if (isStable && sdp === this.#answeredOffer) {
      this.#answerAgain(connection)
      return
    }
    // Two offers cross. All descriptions go through one queue, so none of ours is half made here.
    if (!isStable && !this.#options.polite) return
    await connection.setRemoteDescription(this.#tuned('offer', sdp))
    await this.#candidates.open()
    this.#session.beforeAnswer(connection)
    await connection.setLocalDescription()
    this.#answeredOffer = sdp
    this.#sendDescription(connection)
    await this.#session.afterAnswer()
  }

  /** Our answer was lost: the same offer has the same answer. After a later offer of ours it is only late. */
  #answerAgain(connection: RTCPeerConnection): void {
    if (connection.localDescription?.type === 'answer') this.#sendDescription(connection)
  }

  async #takeAnswer(sdp: string): Promise<void> {
    const connection = this.#session.connection()
    // A late answer to an offer that was rolled back or already answered, or one said twice.
    if (connection?.signalingState !== 'have-local-offer' || sdp === this.#takenAnswer) return
    this.#takenAnswer = sdp
    await connection.setRemoteDescription(this.#tuned('answer', sdp))
    clearInterval(this.#offerRepeat)
    await this.#candidates.open()
  }

  #sendDescription({ localDescription }: RTCPeerConnection): void {
    const signal = descriptionSignal(localDescription, this.#options.generation)
    if (!this.#session.isClosed() && signal !== null) this.#session.onSignal(signal)
  }

  #tuned(type: 'offer' | 'answer', sdp: string): RTCSessionDescriptionInit {
    return { type, sdp: withSendingPreferences(sdp, this.#options.preferences) }
  }
}
