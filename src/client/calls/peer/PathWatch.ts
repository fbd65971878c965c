import { soundHeardAt } from './pathState.ts'
import type { PeerSession } from './PeerSession.ts'

export interface PathWatchOptions {
  /** The peer's microphone is on: it is worth while to know at once that nothing comes. */
  readonly isPeerSpeaking: () => boolean
  /** Monotonic, ms. */
  readonly now: () => number
}

export interface Look {
  readonly isLost: boolean
  /** For how long nothing has been heard though it was asked, ms; whatever its link is said to be. */
  readonly unheardMs: number
  /** Since when it stands, ms; null while it does not. */
  readonly stoodMs: number | null
}

/** No sound for this time: the other page is asked, again and again, since questions get lost as well. */
const ASK_AFTER_MS = 80
const ASK_EVERY_MS = 80
/** Neither sound nor an answer for this time, and at least this much longer than an answer takes. */
const LOST_MS = 160
const PATIENCE_MS = 100
/** In a pause nobody hears that it takes longer to be sure. */
const LOST_IN_PAUSE_MS = 600
/** What was back after this time was not lost, only lossy: for a while it is given more time. */
const FALSE_ALARM_MS = 1_500
const LENIENCY_MS = 300
const LENIENT_FOR_MS = 30_000
/** Who could not look for this time has not seen a path die. */
const ASLEEP_MS = 500

/** A path that stands, or what there is instead. */
type Watched = Pick<PeerSession, 'link' | 'connection' | 'echo'>

/**
 * Notices within a moment that a connection is lost: sound comes every 20 ms, and where none does, in
 * a pause of the talk for instance, the other page is asked whether it is there.
 */
export class PathWatch {
  readonly #options: PathWatchOptions
  #soundAt: number | null = null
  #answeredAt: number | null = null
  #isPause = false
  #heardAt: number
  #lookedAt: number
  /** The first question that nobody has answered, and the last one. */
  #askedAt: number | null = null
  #askedLastAt = 0
  #stoodSince: number | null = null
  #unheardSince: number | null = null
  #lenientUntil = 0

  constructor(options: PathWatchOptions) {
    this.#options = options
    this.#heardAt = this.#lookedAt = options.now()
  }

  /** Another connection, or one that was not looked at. */
  begin(): void {
    this.#stoodSince = this.#unheardSince = this.#askedAt = null
    this.#heardAt = this.#lookedAt = this.#options.now()
    this.#isPause = false
  }

  /** To be called every 40 ms or so. */
  look(watched: Watched): Look {
    const now = this.#options.now()
    this.#noteEcho(watched, now)
    const unheardMs = this.#unheardMs(watched, now)
    const isLost = watched.link !== 'connected' || unheardMs !== null
    this.#stoodSince = isLost ? null : (this.#stoodSince ?? now)
    const stoodMs = this.#stoodSince === null ? null : now - this.#stoodSince
    return { isLost, unheardMs: unheardMs ?? 0, stoodMs }
  }

  /** Null while it is heard. */
  #unheardMs({ echo }: Watched, now: number): number | null {
    if (this.#isUnheard(echo, now)) {
      this.#unheardSince ??= now
      return now - this.#unheardSince
    }
    const since = this.#unheardSince ?? Number.NEGATIVE_INFINITY
    if (now - since < FALSE_ALARM_MS) this.#lenientUntil = now + LENIENT_FOR_MS
    this.#unheardSince = null
    return null
  }

  #noteEcho({ connection, echo }: Watched, now: number): void {
    const soundAt = soundHeardAt(connection)
    const answeredAt = echo?.answeredAt ?? null
    const hasSound = soundAt !== this.#soundAt
    const hasSign = hasSound || answeredAt !== this.#answeredAt
    const isAsleep = now - this.#lookedAt >= ASLEEP_MS
    this.#lookedAt = now
    this.#soundAt = soundAt
    this.#answeredAt = answeredAt
    if (!hasSign && !isAsleep && this.#options.isPeerSpeaking()) return
    this.#isPause = !hasSound
    this.#heardAt = now
    this.#askedAt = null
  }

  #isUnheard(echo: Watched['echo'], now: number): boolean {
    const silentMs = now - this.#heardAt
    // Who has never answered is of a build that does not.
    if (typeof echo?.answeredAt !== 'number' || silentMs < ASK_AFTER_MS) return false
    if (now - this.#askedLastAt >= ASK_EVERY_MS) {
      echo.ask()
      this.#askedLastAt = now
      this.#askedAt ??= now
    }
    const waitedMs = this.#askedAt === null ? 0 : now - this.#askedAt
    return silentMs >= this.#lostAfterMs(now) && waitedMs >= echo.roundTripMs + PATIENCE_MS
  }

  #lostAfterMs(now: number): number {
    const leniencyMs = now < this.#lenientUntil ? LENIENCY_MS : 0
    return (this.#isPause ? LOST_IN_PAUSE_MS : LOST_MS) + leniencyMs
  }
}
