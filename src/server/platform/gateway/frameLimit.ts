import { FRAMES_PER_SECOND } from '#shared/limits.ts'

const PER_MS = FRAMES_PER_SECOND / 1000

/** Counts the frames of one socket: a bucket of one second's worth that refills steadily. */
export class FrameLimit {
  #tokens = FRAMES_PER_SECOND
  #filledAt: number

  /** @param startedAt ms, by a clock that can't be set */
  constructor(startedAt: number) {
    this.#filledAt = startedAt
  }

  /** @returns 0 when the frame may pass, else the ms after which the next one may */
  take(now: number): number {
    const refill = Math.max(0, now - this.#filledAt) * PER_MS
    this.#tokens = Math.min(FRAMES_PER_SECOND, this.#tokens + refill)
    this.#filledAt = now
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / PER_MS)
    this.#tokens -= 1
    return 0
  }
}
