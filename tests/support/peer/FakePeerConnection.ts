import { FakeDataChannel } from './FakeDataChannel.ts'
import { FakeEventTarget } from './FakeEventTarget.ts'
import { FakeNegotiation, invalidState, type Description } from './FakeNegotiation.ts'
import type { FakeNetwork, NetworkEnd } from './fakeNetwork.ts'
import { readSdp, type Direction } from './fakeSdp.ts'
import type { FakeTransceiver } from './FakeTransceiver.ts'
import { createOperations, type Operations } from './operations.ts'

type Handler = ((event: never) => void) | null

const notUnderstood = (): DOMException => new DOMException('not understood', 'OperationError')

/**
 * An RTCPeerConnection over an in-memory network. It keeps the rules that code gets wrong: which
 * description in which state, implicit rollback, no candidate without a remote description,
 * `negotiationneeded` once and only in `stable`, nothing after `close`. The contract suite holds it
 * beside Chromium's.
 */
export class FakePeerConnection extends FakeEventTarget implements NetworkEnd {
  onicecandidate: Handler = null
  /** What it shows of itself; null: a name of mDNS, as before a device is allowed. */
  address: string | null = null
  onnegotiationneeded: Handler = null
  onconnectionstatechange: Handler = null
  connectionState: RTCPeerConnectionState = 'new'
  knowsPeer = false

  readonly #network: FakeNetwork
  readonly #operations: Operations
  readonly #negotiation = new FakeNegotiation(() => {
    this.#updateNegotiationNeeded()
  })
  readonly #channels = new Map<number, FakeDataChannel>()
  #isNegotiationNeeded = false
  #bytesReceived = 0

  constructor(network: FakeNetwork) {
    super()
    this.#network = network
    this.#operations = createOperations({
      isClosed: () => this.#isClosed(),
      onIdle: () => {
        this.#updateNegotiationNeeded()
      },
    })
    network.add(this)
  }

  get signalingState(): RTCSignalingState {
    return this.#negotiation.signalingState
  }

  get localDescription(): Description | null {
    return this.#negotiation.localDescription
  }

  get remoteDescription(): Description | null {
    return this.#negotiation.remoteDescription
  }

  get ufrags(): readonly string[] {
    return this.#negotiation.ufrags
  }

  get wanted(): string | null {
    return this.#isClosed() ? null : this.#negotiation.peerUfrag
  }

  addTransceiver(
    kind: 'audio' | 'video',
    { direction = 'sendrecv' }: { direction?: Direction } = {},
  ): FakeTransceiver {
    if (this.#isClosed()) throw invalidState()
    const transceiver = this.#negotiation.addTransceiver(kind, direction)
    this.#updateNegotiationNeeded()
    return transceiver
  }

  createDataChannel(_label: string, { id = 0 }: { id?: number } = {}): FakeDataChannel {
    if (this.#isClosed()) throw invalidState()
    if (this.#channels.has(id)) throw notUnderstood()
    const channel = new FakeDataChannel(id, (text) => {
      this.#network.carry(this, id, text)
    })
    this.#channels.set(id, channel)
    this.#negotiation.hasChannel = true
    this.#updateNegotiationNeeded()
    this.#openChannels()
    return channel
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.#negotiation.transceivers]
  }

  getSenders(): FakeTransceiver['sender'][] {
    return this.#negotiation.transceivers.map(({ sender }) => sender)
  }

  /** Something always arrives on a path that stands. */
  getStats(): Promise<RTCStatsReport> {
    if (this.connectionState === 'connected') this.#bytesReceived += 100
    const transport = { type: 'transport', bytesReceived: this.#bytesReceived }
    return Promise.resolve(new Map([['T', transport]]) as unknown as RTCStatsReport)
  }

  restartIce(): void {
    if (this.#isClosed()) return
    this.#negotiation.wantsRestart = true
    this.#updateNegotiationNeeded()
  }

  setLocalDescription(description?: { type: 'rollback' }): Promise<void> {
    return this.#describe(() => {
      if (description?.type === 'rollback') this.#negotiation.rollBack()
      else {
        if (this.signalingState === 'have-remote-offer') this.#negotiation.answer()
        else this.#negotiation.offer()
        this.#gather()
      }
    })
  }

  setRemoteDescription({ type, sdp }: Description): Promise<void> {
    return this.#describe(() => {
      if (type === 'answer') this.#negotiation.takeAnswer(sdp)
      else this.#negotiation.takeOffer(sdp)
    })
  }

  addIceCandidate(init: RTCIceCandidateInit): Promise<void> {
    return this.#operations.run(() => {
      const remote = this.remoteDescription
      if (remote === null) throw invalidState()
      const { candidate = '', sdpMid, usernameFragment } = init
      const { ufrag, sections } = readSdp(remote.sdp)
      const isKnownMid = sections.some(({ mid }) => mid === sdpMid)
      const isKnownName = (usernameFragment ?? ufrag) === ufrag
      if (!isKnownMid || !isKnownName) throw notUnderstood()
      if (candidate === '') return
      if (!candidate.startsWith('candidate:')) throw notUnderstood()
      this.knowsPeer = true
      this.#network.look(this)
    })
  }

  close(): void {
    if (this.#isClosed()) return
    this.#negotiation.signalingState = 'closed'
    this.connectionState = 'closed'
    for (const channel of this.#channels.values()) channel.closeSilently()
    this.#network.leave(this)
  }

  // What the network tells.

  checking(): void {
    if (this.connectionState === 'new') this.#changeConnection('connecting')
  }

  connected(): void {
    this.#changeConnection('connected')
    this.#openChannels()
  }

  interrupted(how: 'disconnected' | 'failed'): void {
    this.#changeConnection(how)
  }

  hear(id: number, text: string): void {
    this.#channels.get(id)?.hear(text)
  }

  peerClosed(): void {
    for (const channel of this.#channels.values()) channel.closeByPeer()
  }

  #isClosed(): boolean {
    return this.#negotiation.isClosed
  }

  #describe(change: () => void): Promise<void> {
    return this.#operations.run(() => {
      const before = this.signalingState
      change()
      this.#isNegotiationNeeded = false
      if (this.signalingState !== before) this.fire('signalingstatechange')
      if (this.signalingState === 'stable') this.#network.look(this)
      this.#openChannels()
    })
  }

  #openChannels(): void {
    if (this.connectionState !== 'connected' || !this.#negotiation.hasNegotiatedChannel) return
    for (const channel of this.#channels.values()) {
      setTimeout(() => {
        channel.open()
      })
    }
  }

  /** With one transport for everything, candidates belong to the first m-line. */
  #gather(): void {
    const usernameFragment = this.ufrags.at(-1) ?? ''
    const found = [1, 2].map((foundation) => ({
      candidate: `candidate:${foundation} 1 udp 2113937151 ${this.address ?? `${usernameFragment}.local`} 50000 typ host`,
      sdpMid: '0',
      sdpMLineIndex: 0,
      usernameFragment,
    }))
    for (const candidate of [...found, null]) {
      setTimeout(() => {
        if (!this.#isClosed()) this.fire('icecandidate', { candidate })
      })
    }
  }

  #changeConnection(state: RTCPeerConnectionState): void {
    if (this.#isClosed() || this.connectionState === state) return
    this.connectionState = state
    this.fire('connectionstatechange')
  }

  /** Coalesced: however much changes in one turn, it is said once (W3C WebRTC 4.7.3). */
  #updateNegotiationNeeded(): void {
    if (!this.#operations.isIdle || this.signalingState !== 'stable') return
    if (!this.#negotiation.isNeeded) this.#isNegotiationNeeded = false
    else if (!this.#isNegotiationNeeded) {
      this.#isNegotiationNeeded = true
      queueMicrotask(() => {
        this.#sayNegotiationNeeded()
      })
    }
  }

  #sayNegotiationNeeded(): void {
    if (!this.#isNegotiationNeeded || this.signalingState !== 'stable') return
    if (this.#operations.isIdle) this.fire('negotiationneeded')
    // Looked at again when they are done.
    else this.#isNegotiationNeeded = false
  }
}

/** For code that wants the browser's own: the fake has every part of it that the product uses. */
export const asConnection = (fake: FakePeerConnection): RTCPeerConnection =>
  fake as unknown as RTCPeerConnection
