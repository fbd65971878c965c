import { agreed, type Direction } from './fakeSdp.ts'
import { asTrack, FakeTrack } from './FakeTrack.ts'

type Kind = 'audio' | 'video'

/** An RTCRtpSender: one track or none, of its own kind. */
export class FakeSender {
  track: MediaStreamTrack | null = null
  readonly #kind: Kind
  readonly #isClosed: () => boolean

  constructor(kind: Kind, isClosed: () => boolean) {
    this.#kind = kind
    this.#isClosed = isClosed
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    if (this.#isClosed()) throw new DOMException('closed', 'InvalidStateError')
    if (track !== null && track.kind !== this.#kind) throw new TypeError('wrong kind of track')
    await Promise.resolve()
    if (!this.#isClosed()) this.track = track
  }
}

/** An RTCRtpTransceiver. */
export class FakeTransceiver {
  mid: string | null = null
  currentDirection: Direction | null = null
  readonly kind: Kind
  readonly sender: FakeSender
  readonly receiver: {
    readonly track: MediaStreamTrack
    getSynchronizationSources: () => RTCRtpSynchronizationSource[]
  }
  #direction: Direction
  readonly #onDirection: () => void
  /** The mid is only that of an offer which may be rolled back. */
  #isMidPending = false
  /** What the last description of this side said. */
  #local: Direction | null = null
  /** What the peer's last offer said, when that is what was answered. */
  #offered: Direction | null = null

  constructor(
    kind: Kind,
    direction: Direction,
    hooks: { isClosed: () => boolean; onDirection: () => void },
  ) {
    this.kind = kind
    this.#direction = direction
    this.#onDirection = hooks.onDirection
    this.sender = new FakeSender(kind, hooks.isClosed)
    this.receiver = {
      track: asTrack(new FakeTrack(kind)),
      getSynchronizationSources: () => [],
    }
  }

  get direction(): Direction {
    return this.#direction
  }

  set direction(direction: Direction) {
    if (direction === this.#direction) return
    this.#direction = direction
    this.#onDirection()
  }

  /** Whether what was said last is not what is wanted now (W3C WebRTC 4.7.3). */
  get needsNegotiation(): boolean {
    if (this.mid === null || this.#isMidPending) return true
    const wanted = this.#offered === null ? this.#direction : agreed(this.#direction, this.#offered)
    return this.#local !== wanted
  }

  /** @param mid its name, should it have none yet */
  offer(mid: string): void {
    this.#isMidPending = this.mid === null
    this.mid ??= mid
    this.#local = this.#direction
    this.#offered = null
  }

  answer(offered: Direction): Direction {
    const direction = agreed(this.#direction, offered)
    this.currentDirection = direction
    this.#local = direction
    this.#offered = offered
    return direction
  }

  takeAnswer(answered: Direction): void {
    this.#isMidPending = false
    this.currentDirection = agreed(this.#direction, answered)
  }

  rollBack(): void {
    if (this.#isMidPending) this.mid = null
    this.#isMidPending = false
  }
}
