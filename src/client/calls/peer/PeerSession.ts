import type { PeerState } from '#shared/protocol/peerState.ts'
import type { Signal } from '../machine/signal.ts'
import type { Link } from '../machine/state.ts'
import { createCandidateQueue, tryCandidate } from './candidateQueue.ts'
import { closeSoon } from './closeSoon.ts'
import { createEcho, type Echo } from './echo.ts'
import { bytesReceivedIn, linkOf } from './pathState.ts'
import { candidateSignal, descriptionSignal, isHidden } from './localSignals.ts'
import { createOutgoingTracks } from './outgoingTracks.ts'
import { withSendingPreferences, type SendingPreferences } from './sdp.ts'
import { createStateChannel, type LocalState, type StateChannel } from './stateChannel.ts'
import { TRACK_KINDS, type TrackKind } from './trackKinds.ts'

export interface PeerSessionEvents {
  onSignal(signal: Signal): void
  onLink(link: Link | 'failed'): void
  onState(state: PeerState): void
  onTrack(kind: TrackKind, track: MediaStreamTrack): void
}

export interface PeerSessionOptions {
  createConnection: () => RTCPeerConnection
  /** The callee is polite: it gives way when two offers cross. */
  polite: boolean
  /** Which RTCPeerConnection of these two legs this is; signals of another one are not heard. */
  generation: number
  preferences: SendingPreferences
  events: PeerSessionEvents
}

/** An offer that nobody answers is said again: frames can be lost behind a socket that lives. */
const OFFER_REPEAT_MS = 3_000

/**
 * One connection between two legs: perfect negotiation (W3C), all descriptions through one queue.
 * All transceivers are there from the first offer on, so that switching needs no renegotiation.
 */
export class PeerSession {
  /** The browser has shown a name that only multicast resolves (mDNS) in the place of an address. */
  hidesAddress = false
  readonly #options: PeerSessionOptions
  #connection: RTCPeerConnection | null = null
  #channel: StateChannel | null = null
  #echo: Echo | null = null
  readonly #candidates = createCandidateQueue((one) => tryCandidate(this.#connection, one))
  readonly #tracks = createOutgoingTracks(() => this.#connection)
  #queue: Promise<void> = Promise.resolve()
  #isClosed = false
  #wasConnected = false
  #isSilent = false
  #link: Link | 'failed' = 'connecting'
  #answeredOffer: string | null = null
  #takenAnswer: string | null = null
  #local: LocalState | null = null
  #offerRepeat: ReturnType<typeof setInterval> | undefined

  constructor(options: PeerSessionOptions) {
    this.#options = options
  }

  get generation(): number {
    return this.#options.generation
  }

  get link(): Link | 'failed' {
    return this.#link
  }

  /** The connection, for statistics; null before it began and after it ended. */
  get connection(): RTCPeerConnection | null {
    return this.#connection
  }

  get echo(): Echo | null {
    return this.#echo
  }

  get state(): RTCPeerConnectionState {
    return this.#connection?.connectionState ?? 'new'
  }

  /** Bytes that have arrived on the path so far; null where the browser does not tell. */
  async bytesReceived(): Promise<number | null> {
    const report = await this.#connection?.getStats()
    return report === undefined ? null : bytesReceivedIn(report)
  }

  /** Nothing arrives any more, though the browser still takes the path for good. */
  setSilent(isSilent: boolean): void {
    const isNews = isSilent !== this.#isSilent
    this.#isSilent = isSilent
    if (isNews && this.#connection !== null && !this.#isClosed) this.#changeLink(this.#connection)
  }

  /** Look for a new path for this connection; what is sent goes on. */
  restartIce(): void {
    if (!this.#isClosed) this.#connection?.restartIce()
  }

  /** Begin as the side that offers: the caller. The other side begins with the first offer. */
  offer(): void {
    if (this.#isClosed || this.#connection !== null) return
    const connection = this.#connect()
    for (const kind of TRACK_KINDS) {
      connection.addTransceiver(kind === 'audio' ? 'audio' : 'video', { direction: 'sendrecv' })
    }
    this.#openChannels(connection)
    this.#announceTracks(connection)
  }

  /** A signal of the peer, in the order in which it came. */
  handle(signal: Signal): void {
    if (signal.generation !== this.generation) return
    this.#enqueue(() => {
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

  /** Send this track, or nothing; takes effect at once or as soon as the connection is there. */
  replaceTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#tracks.choose(kind, track)
    this.#enqueue(() => this.#tracks.attach(kind))
  }

  /** Send what is sent once more from its beginning: a picture starts with a key frame. */
  sendAgain(kind: TrackKind): void {
    this.#enqueue(() => this.#tracks.attachAnew(kind))
  }

  /** Tell the peer the state of this side. */
  say(state: LocalState): void {
    this.#local = state
    this.#channel?.say(state)
  }

  /** Say that this side hung up, as the last word, and close. */
  hangUp(): void {
    const connection = this.#connection
    if (this.#local === null || connection === null) {
      this.close()
      return
    }
    this.#channel?.sayLast({ ...this.#local, hungUp: true })
    this.#end()
    closeSoon(connection)
  }

  close(): void {
    this.#end()
    this.#channel?.close()
    this.#connection?.close()
  }

  /** From here on nothing that comes back from an await or from the peer changes anything. */
  #end(): void {
    this.#isClosed = true
    clearInterval(this.#offerRepeat)
    this.#tracks.stop()
    if (this.#connection === null) return
    this.#connection.onnegotiationneeded = null
    this.#connection.onicecandidate = null
    this.#connection.onconnectionstatechange = null
  }

  #enqueue(operation: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#isClosed) return
      try {
        await operation()
      } catch {
        // The browser refuses it, as a closed one does everything: no path is the call's own time-out.
      }
    })
  }

  #connect(): RTCPeerConnection {
    const { createConnection, events, generation } = this.#options
    const connection = createConnection()
    this.#connection = connection
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) return
      this.hidesAddress ||= isHidden(candidate)
      events.onSignal(candidateSignal(candidate, generation))
    }
    connection.onnegotiationneeded = () => {
      this.#enqueue(() => this.#makeOffer(connection))
    }
    connection.onconnectionstatechange = () => {
      this.#changeLink(connection)
    }
    return connection
  }

  #openChannels(connection: RTCPeerConnection): void {
    this.#channel = createStateChannel(connection, (state) => {
      if (!this.#isClosed) this.#options.events.onState(state)
    })
    this.#echo = createEcho(connection)
    if (this.#local !== null) this.#channel.say(this.#local)
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
    const connection = this.#connection ?? this.#connect()
    const isStable = connection.signalingState === 'stable'
    if (isStable && sdp === this.#answeredOffer) {
      this.#answerAgain(connection)
      return
    }
    // Two offers cross. All descriptions go through one queue, so none of ours is half made here.
    if (!isStable && !this.#options.polite) return
    await connection.setRemoteDescription(this.#tuned('offer', sdp))
    await this.#candidates.open()
    if (this.#channel === null) this.#openChannels(connection)
    for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv'
    this.#announceTracks(connection)
    await connection.setLocalDescription()
    this.#answeredOffer = sdp
    this.#sendDescription(connection)
    await this.#tracks.attachAll()
  }

  /** Our answer was lost: the same offer has the same answer. After a later offer of ours it is only late. */
  #answerAgain(connection: RTCPeerConnection): void {
    if (connection.localDescription?.type === 'answer') this.#sendDescription(connection)
  }

  async #takeAnswer(sdp: string): Promise<void> {
    const connection = this.#connection
    // A late answer to an offer that was rolled back or already answered, or one said twice.
    if (connection?.signalingState !== 'have-local-offer' || sdp === this.#takenAnswer) return
    this.#takenAnswer = sdp
    await connection.setRemoteDescription(this.#tuned('answer', sdp))
    clearInterval(this.#offerRepeat)
    await this.#candidates.open()
  }

  /** Receivers exist from the first description on; the tracks stay the same for the whole call. */
  #announceTracks(connection: RTCPeerConnection): void {
    connection.getTransceivers().forEach(({ receiver }, index) => {
      const kind = TRACK_KINDS[index]
      if (kind !== undefined) this.#options.events.onTrack(kind, receiver.track)
    })
  }

  #changeLink(connection: RTCPeerConnection): void {
    const state = connection.connectionState
    if (state === 'closed') return
    if (state === 'connected') this.#wasConnected = true
    if (state === 'failed') connection.restartIce()
    this.#link = linkOf(state, { isSilent: this.#isSilent, wasConnected: this.#wasConnected })
    this.#options.events.onLink(this.#link)
  }

  #sendDescription({ localDescription }: RTCPeerConnection): void {
    const signal = descriptionSignal(localDescription, this.generation)
    if (!this.#isClosed && signal !== null) this.#options.events.onSignal(signal)
  }

  #tuned(type: 'offer' | 'answer', sdp: string): RTCSessionDescriptionInit {
    return { type, sdp: withSendingPreferences(sdp, this.#options.preferences) }
  }
}
