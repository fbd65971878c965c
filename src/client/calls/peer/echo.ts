/** Asks the other page over the path whether it is there: also who is silent answers at once. */
export interface Echo {
  /** Ask now; while the path does not stand nothing is asked. */
  ask: () => void
  /** The last answer, monotonic ms; null: none ever came, and nothing follows from that. */
  readonly answeredAt: number | null
  /** How long an answer takes, ms. */
  readonly roundTripMs: number
}

/** Both sides open it by themselves; what is lost is asked again. */
const CHANNEL = { negotiated: true, id: 1, ordered: false, maxRetransmits: 0 }
/** An answer repeats what was asked: a moment of the asking side's clock. */
const QUESTION = /^\?(\d{1,12})$/
const ANSWER = /^!(\d{1,12})$/
/** A slow answer counts at once, a fast one little by little: whoever waits, waits rather too long. */
const EASING = 0.25

export function createEcho(connection: RTCPeerConnection): Echo {
  const channel = connection.createDataChannel('echo', CHANNEL)
  let answeredAt: number | null = null
  let roundTripMs = 0

  function say(text: string): void {
    if (channel.readyState === 'open') channel.send(text)
  }

  function ask(): void {
    say(`?${String(Math.round(performance.now()))}`)
  }

  function take(text: string): void {
    const asked = QUESTION.exec(text)?.[1]
    if (asked !== undefined) say(`!${asked}`)
    const answer = ANSWER.exec(text)?.[1]
    if (answer === undefined) return
    answeredAt = performance.now()
    const tookMs = Math.max(0, answeredAt - Number(answer))
    roundTripMs = Math.max(tookMs, roundTripMs + EASING * (tookMs - roundTripMs))
  }

  channel.addEventListener('open', ask)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') take(data)
  })

  return {
    ask,
    get answeredAt() {
      return answeredAt
    },
    get roundTripMs() {
      return roundTripMs
    },
  }
}
