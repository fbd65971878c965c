import type { PeerState } from '#shared/protocol/peerState.ts'
import type { Signal } from '../machine/signal.ts'
import type { Link } from '../machine/state.ts'
import { closeSoon } from './closeSoon.ts'
import { createEcho, type Echo } from './echo.ts'
import { bytesReceivedIn, linkOf } from './pathState.ts'
import { candidateSignal, isHidden } from './localSignals.ts'
import { Negotiation, type NegotiationOptions } from './Negotiation.ts'
import { createOutgoingTracks } from './outgoingTracks.ts'
import { createStateChannel, type LocalState, type StateChannel } from './stateChannel.ts'
import { TRACK_KINDS, type TrackKind } from './trackKinds.ts'

export interface PeerSessionEvents {
  onSignal(signal: Signal): void
  onLink(link: Link | 'failed'): void
  onState(state: PeerState): void
  onTrack(kind: TrackKind, track: MediaStreamTrack): void
}

export interface PeerSessionOptions extends NegotiationOptions {
  createConnection: () => RTCPeerConnection
  events: PeerSessionEvents
}

/**
 * One connection between two legs: its beginning and end, its path, what is said and sent on it.
 * Descriptions, candidates and tracks go through the single queue of its negotiation.
 * All transceivers are there from the first offer on, so that switching needs no renegotiation.
 */
export class PeerSession {
  /** The browser has shown a name that only multicast resolves (mDNS) in the place of an address. */
  hidesAddress = false
  readonly #options: PeerSessionOptions
  readonly #negotiation: Negotiation
  #connection: RTCPeerConnection | null = null
  #channel: StateChannel | null = null
  #echo: Echo | null = null
  readonly #tracks = createOutgoingTracks(() => this.#connection)
  #isClosed = false
  #wasConnected = false
  #isSilent = false
  #link: Link | 'failed' = 'connecting'
  #local: LocalState | null = null

  constructor(options: PeerSessionOptions) {
    this.#options = options
    this.#negotiation = new Negotiation(options, {
      connection: () => this.#connection,
      connect: () => this.#connect(),
      isClosed: () => this.#isClosed,
      onSignal: (signal) => {
        options.events.onSignal(signal)
      },
      beforeAnswer: (connection) => {
        this.#prepare(connection)
      },
      afterAnswer: () => this.#tracks.attachAll(),
    })
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
    this.#negotiation.handle(signal)
  }

  /** Send this track, or nothing; takes effect at once or as soon as the connection is there. */
  replaceTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#tracks.choose(kind, track)
    this.#negotiation.enqueue(() => this.#tracks.attach(kind))
  }

  /** Send what is sent once more from its beginning: a picture starts with a key frame. */
  sendAgain(kind: TrackKind): void {
    this.#negotiation.enqueue(() => this.#tracks.attachAgain(kind))
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
    this.#negotiation.end()
    this.#tracks.stop()
    if (this.#connection === null) return
    this.#connection.onnegotiationneeded = null
    this.#connection.onicecandidate = null
    this.#connection.onconnectionstatechange = null
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
      this.#negotiation.offer(connection)
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

  /** The peer's offer is set and answered next: from the answer on every transceiver goes both ways. */
  #prepare(connection: RTCPeerConnection): void {
    if (this.#channel === null) this.#openChannels(connection)
    for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv'
    this.#announceTracks(connection)
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
}
