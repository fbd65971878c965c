import { readSdp, writeSdp, type Direction, type Section } from './fakeSdp.ts'
import { FakeTransceiver } from './FakeTransceiver.ts'

export interface Description {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

interface Descriptions {
  local: Description | null
  remote: Description | null
}

export const invalidState = (): DOMException => new DOMException('wrong state', 'InvalidStateError')

let minted = 0

/** The descriptions of a connection and the transceivers they are about (JSEP, RFC 9429). */
export class FakeNegotiation {
  signalingState: RTCSignalingState = 'stable'
  /** The ICE names of this side, the one in use last. */
  readonly ufrags: string[] = []
  readonly transceivers: FakeTransceiver[] = []
  hasChannel = false
  wantsRestart = false
  current: Descriptions = { local: null, remote: null }
  pending: Descriptions = { local: null, remote: null }
  readonly #onDirection: () => void
  #version = 1

  constructor(onDirection: () => void) {
    this.#onDirection = onDirection
  }

  get isClosed(): boolean {
    return this.signalingState === 'closed'
  }

  get localDescription(): Description | null {
    return this.pending.local ?? this.current.local
  }

  get remoteDescription(): Description | null {
    return this.pending.remote ?? this.current.remote
  }

  /** The ICE name of the peer, once both are described. */
  get peerUfrag(): string | null {
    const { remote } = this.current
    return remote === null ? null : readSdp(remote.sdp).ufrag
  }

  get isNeeded(): boolean {
    if (this.wantsRestart || (this.hasChannel && !this.hasNegotiatedChannel)) return true
    return this.transceivers.some((transceiver) => transceiver.needsNegotiation)
  }

  get hasNegotiatedChannel(): boolean {
    const { remote } = this.current
    return (
      remote !== null && readSdp(remote.sdp).sections.some(({ kind }) => kind === 'application')
    )
  }

  addTransceiver(kind: 'audio' | 'video', direction: Direction): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, direction, {
      isClosed: () => this.isClosed,
      onDirection: this.#onDirection,
    })
    this.transceivers.push(transceiver)
    return transceiver
  }

  offer(): void {
    if (this.wantsRestart || this.ufrags.length === 0) this.#mintUfrag()
    this.#nameTransceivers()
    const sections: Section[] = this.transceivers.map(({ kind, mid, direction }) => ({
      kind,
      mid: mid ?? '',
      direction,
    }))
    const mid = this.#channelMid()
    if (mid !== null) sections.push({ kind: 'application', mid, direction: 'sendrecv' })
    sections.sort((a, b) => Number(a.mid) - Number(b.mid))
    this.pending.local = this.#describe('offer', sections)
    this.signalingState = 'have-local-offer'
  }

  answer(): void {
    const { remote } = this.pending
    if (remote === null) throw invalidState()
    const offer = readSdp(remote.sdp)
    if (this.ufrags.length === 0 || offer.ufrag !== this.peerUfrag) this.#mintUfrag()
    const sections = offer.sections.map((section) => this.#answerSection(section))
    this.#settle(this.#describe('answer', sections), remote)
  }

  takeOffer(sdp: string): void {
    const { sections } = readSdp(sdp)
    if (this.signalingState === 'have-local-offer') this.rollBack()
    for (const { kind, mid } of sections) {
      if (kind === 'application' || this.transceivers.some((one) => one.mid === mid)) continue
      this.addTransceiver(kind, 'recvonly').mid = mid
    }
    this.pending.remote = { type: 'offer', sdp }
    this.signalingState = 'have-remote-offer'
  }

  takeAnswer(sdp: string): void {
    const { local: offer } = this.pending
    if (this.signalingState !== 'have-local-offer' || offer === null) throw invalidState()
    for (const section of readSdp(sdp).sections) {
      this.transceivers.find(({ mid }) => mid === section.mid)?.takeAnswer(section.direction)
    }
    this.wantsRestart = false
    this.#settle(offer, { type: 'answer', sdp })
  }

  /** Only an offer of our own is ever taken back here. */
  rollBack(): void {
    if (this.signalingState !== 'have-local-offer') throw invalidState()
    for (const transceiver of this.transceivers) transceiver.rollBack()
    this.pending = { local: null, remote: null }
    this.signalingState = 'stable'
  }

  #answerSection(section: Section): Section {
    const transceiver = this.transceivers.find(({ mid }) => mid === section.mid)
    return transceiver === undefined
      ? section
      : { ...section, direction: transceiver.answer(section.direction) }
  }

  #settle(local: Description, remote: Description): void {
    this.current = { local, remote }
    this.pending = { local: null, remote: null }
    this.signalingState = 'stable'
  }

  #describe(type: Description['type'], sections: readonly Section[]): Description {
    this.#version += 1
    return { type, sdp: writeSdp({ ufrag: this.ufrags.at(-1) ?? '', sections }, this.#version) }
  }

  #described(): readonly Section[] {
    return this.current.local === null ? [] : readSdp(this.current.local.sdp).sections
  }

  #nameTransceivers(): void {
    let next = this.#described().length
    for (const transceiver of this.transceivers) {
      if (transceiver.mid === null) next += 1
      transceiver.offer(String(next - 1))
    }
  }

  #channelMid(): string | null {
    const known = this.#described().find(({ kind }) => kind === 'application')
    if (known !== undefined) return known.mid
    if (!this.hasChannel) return null
    return String(Math.max(this.#described().length, this.transceivers.length))
  }

  #mintUfrag(): void {
    minted += 1
    this.ufrags.push(`fake${minted}`)
  }
}
