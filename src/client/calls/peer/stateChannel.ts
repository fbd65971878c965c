import { PEER_STATE_MAX_BYTES } from '#shared/limits.ts'
import { PeerState } from '#shared/protocol/peerState.ts'
import { check } from '#shared/protocol/parse.ts'

/** What one side says of itself, without what the channel adds, and what is only local on a standby. */
export type LocalState = Omit<PeerState, 'n' | 'listens'> & Partial<Pick<PeerState, 'listens'>>

/**
 * The small state of each side, sent over the data channel as RingRTC does it: always whole, numbered
 * and repeated, so that a lost packet costs nothing and an old one is recognised.
 */
export interface StateChannel {
  /** Say it now and again from time to time. */
  say(state: LocalState): void
  /** Say this, and nothing more. */
  sayLast(state: LocalState): void
  close(): void
}

/** Both sides open it by themselves; what is lost is local again anyway. */
const CHANNEL = { negotiated: true, id: 0, ordered: false, maxRetransmits: 0 }
/** Chances for a fresh state on a lossy path before the steady repeat. */
const BURST_MS = [80, 250]
const REPEAT_MS = 1_000

export function createStateChannel(
  connection: RTCPeerConnection,
  onState: (state: PeerState) => void,
): StateChannel {
  const channel = connection.createDataChannel('state', CHANNEL)
  let local: LocalState | null = null
  let number = 0
  let heard = 0
  let burst: ReturnType<typeof setTimeout>[] = []

  function send(): void {
    if (local === null || channel.readyState !== 'open') return
    number += 1
    channel.send(JSON.stringify({ n: number, ...local } satisfies LocalState & { n: number }))
  }

  function change(state: LocalState): void {
    local = state
    send()
    burst.forEach(clearTimeout)
    burst = BURST_MS.map((ms) => setTimeout(send, ms))
  }

  const repeat = setInterval(send, REPEAT_MS)
  function close(): void {
    clearInterval(repeat)
    burst.forEach(clearTimeout)
  }

  channel.addEventListener('open', send)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const state = readState(data)
    if (state === null || state.n <= heard) return
    heard = state.n
    onState(state)
  })

  return {
    say: change,
    sayLast(state) {
      change(state)
      clearInterval(repeat)
    },
    close,
  }
}

/** The peer's browser is as untrusted as any network: what does not fit is not heard. */
function readState(data: unknown): PeerState | null {
  if (typeof data !== 'string' || data.length > PEER_STATE_MAX_BYTES) return null
  try {
    const state = check(PeerState, JSON.parse(data))
    return state.ok ? state.value : null
  } catch {
    // Not JSON.
    return null
  }
}
