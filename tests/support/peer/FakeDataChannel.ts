import { FakeEventTarget } from './FakeEventTarget.ts'

/** An RTCDataChannel that was agreed on by its id. */
export class FakeDataChannel extends FakeEventTarget {
  readonly id: number
  readyState: RTCDataChannelState = 'connecting'
  readonly #carry: (text: string) => void

  constructor(id: number, carry: (text: string) => void) {
    super()
    this.id = id
    this.#carry = carry
  }

  send(text: string): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError')
    this.#carry(text)
  }

  open(): void {
    if (this.readyState !== 'connecting') return
    this.readyState = 'open'
    this.fire('open')
  }

  hear(data: unknown): void {
    if (this.readyState !== 'open') return
    this.fire('message', { data })
  }

  /** The other side went: this one is told. */
  closeByPeer(): void {
    if (this.readyState === 'closed') return
    this.readyState = 'closed'
    this.fire('close')
  }

  /** This side went: nobody is told (W3C WebRTC 4.4.1, close the connection, 7). */
  closeSilently(): void {
    this.readyState = 'closed'
  }
}
