import type { PeerState } from '#shared/protocol/peerState.ts'
import type { Signal } from '../machine/signal.ts'
import type { LegRef } from '../machine/words.ts'
import type { LegSession } from './legSessions.ts'
import { PathWatch, type PathWatchOptions } from './PathWatch.ts'
import type { LocalState } from './stateChannel.ts'
import type { TrackKind } from './trackKinds.ts'

export interface StandbyMaking {
  readonly offers: boolean
  readonly generation: number
  readonly onState: (state: PeerState) => void
}

export interface StandbyOptions extends Pick<PathWatchOptions, 'isPeerSpeaking'> {
  /** Make one that says what the peer says on it. */
  make: (leg: LegRef, options: StandbyMaking) => LegSession
  /** There is a TURN server, and not everything goes through it anyway. */
  isPossible: () => boolean
  /** Listening has moved. */
  onMoved: () => void
  /** Monotonic, ms. */
  now?: () => number
}

const LOOK_EVERY_MS = 40
/** The first connection has stood for this time: it is listened to again. */
const STANDS_MS = 2_000
/** What the first seconds of a talk need comes first. */
const BEGIN_AFTER_MS = 2_000
/** One that does not come about is tried anew after this time, then after twice as long, up to the longest. */
const AGAIN_AFTER_MS = 20_000
const AGAIN_AT_MOST_MS = 320_000

/**
 * A second connection of the call, through TURN only, which is ready and carries nothing: what is
 * sent moves to it at once when the first one is lost, long before that has found another path, and
 * back when it stands again. Each side decides where it listens, and says so on the standby; the
 * other one sends there, too.
 */
export class Standby {
  readonly #options: StandbyOptions
  readonly #now: () => number
  readonly #path: PathWatch
  /** Of the standby, while it may be needed. */
  readonly #otherPath: PathWatch
  readonly #sending = new Map<TrackKind, MediaStreamTrack | null>()
  #local: LocalState | null = null
  #first: LegSession | null = null
  #other: LegSession | null = null
  #generation = 0
  #madeAt = 0
  /** How many were made in vain. */
  #failures = 0
  #unheardMs = 0
  #isListening = false
  #peerListens = false
  #looking: ReturnType<typeof setInterval> | undefined

  constructor(options: StandbyOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
    this.#path = new PathWatch({ isPeerSpeaking: options.isPeerSpeaking, now: this.#now })
    this.#otherPath = new PathWatch({ isPeerSpeaking: () => true, now: this.#now })
  }

  /** What is listened to instead of the first connection; null: that one is. */
  get carrier(): LegSession | null {
    return this.#isListening ? this.#other : null
  }

  /** For how long nothing has been heard on the first connection though it was asked, ms. */
  get unheardMs(): number {
    return this.#unheardMs
  }

  /** This connection is the one of the call; the standby is another one besides it. */
  watch(first: LegSession): void {
    if (this.#first === first) return
    if (this.#first?.leg.legId !== first.leg.legId) this.#forget()
    this.#first = first
    this.#path.begin()
    this.#unheardMs = 0
    this.#looking ??= setInterval(() => {
      this.#look()
    }, LOOK_EVERY_MS)
  }

  /** A signal of the peer's that is about a standby. */
  signal(leg: LegRef, signal: Signal): void {
    if (this.#first?.leg.legId !== leg.legId || !this.#options.isPossible()) return
    const { generation } = signal
    const isNew = signal.type === 'offer' && generation > this.#generation
    if (isNew) this.#begin(leg, { offers: false, generation })
    this.#other?.session.handle(signal)
  }

  sendTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#sending.set(kind, track)
    if (this.#isListening || this.#peerListens) this.#other?.session.replaceTrack(kind, track)
  }

  say(state: LocalState): void {
    this.#local = state
    this.#tell()
  }

  hangUp(): void {
    clearInterval(this.#looking)
    this.#looking = undefined
    this.#other?.session.hangUp()
    this.#other = this.#first = this.#local = null
    this.#generation = this.#failures = this.#unheardMs = 0
    this.#isListening = this.#peerListens = false
  }

  #look(): void {
    const first = this.#first
    if (first === null) return
    const { isLost, unheardMs, stoodMs } = this.#path.look(first.session)
    this.#unheardMs = unheardMs
    const isReady = this.#isReady(isLost || this.#isListening)
    if (isReady) this.#failures = 0
    if (!isReady || (stoodMs ?? 0) >= STANDS_MS) this.#listen(false)
    else if (isLost) this.#listen(true)
    if (first.offers && this.#isDue(stoodMs)) this.#make(first.leg)
  }

  /** What took the first connection away, another network say, may have taken the standby too. */
  #isReady(isNeeded: boolean): boolean {
    if (this.#other?.session.link !== 'connected') return false
    if (isNeeded) return !this.#otherPath.look(this.#other.session).isLost
    this.#otherPath.begin()
    return true
  }

  /** Time to make one: the first connection stands, and there is none that will come about. */
  #isDue(stoodMs: number | null): boolean {
    if (stoodMs === null || stoodMs < BEGIN_AFTER_MS || !this.#options.isPossible()) return false
    if (this.#other === null) return true
    const patienceMs = Math.min(AGAIN_AFTER_MS * 2 ** this.#failures, AGAIN_AT_MOST_MS)
    const isWaiting = this.#now() - this.#madeAt < patienceMs
    return this.#other.session.link !== 'connected' && !isWaiting
  }

  #make(leg: LegRef): void {
    if (this.#other !== null) this.#failures += 1
    this.#begin(leg, { offers: true, generation: this.#generation + 1 })
  }

  #begin(leg: LegRef, as: { offers: boolean; generation: number }): void {
    this.#close()
    this.#generation = as.generation
    this.#madeAt = this.#now()
    this.#other = this.#options.make(leg, {
      ...as,
      onState: (state) => {
        this.#receive(state)
      },
    })
    if (as.offers) this.#other.session.offer()
    this.#tell()
  }

  /** To another page of the peer's nothing leads any more, and it counts from one again. */
  #forget(): void {
    this.#close()
    this.#generation = this.#failures = 0
  }

  #close(): void {
    this.#other?.session.close()
    this.#other = null
    this.#peerListens = false
    this.#listen(false)
  }

  #listen(isHere: boolean): void {
    if (isHere === this.#isListening) return
    this.#isListening = isHere
    this.#send()
    this.#tell()
    this.#options.onMoved()
  }

  /** What the peer has said on it. */
  #receive({ listens }: PeerState): void {
    if (listens === this.#peerListens) return
    this.#peerListens = listens
    this.#send()
  }

  /** Where one of the two listens here, this side sends here: a path is seldom lost one way only. */
  #send(): void {
    const isWanted = this.#isListening || this.#peerListens
    for (const [kind, track] of this.#sending) {
      this.#other?.session.replaceTrack(kind, isWanted ? track : null)
    }
  }

  #tell(): void {
    if (this.#local !== null) {
      this.#other?.session.say({ ...this.#local, listens: this.#isListening })
    }
  }
}
