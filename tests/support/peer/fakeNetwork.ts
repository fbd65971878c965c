/** One end of a path, as the network needs to know it. */
export interface NetworkEnd {
  /** The ICE names by which others find it: the last one is the one in use. */
  readonly ufrags: readonly string[]
  /** Whom it looks for, once both descriptions are set. */
  readonly wanted: string | null
  /** It knows an address of whom it looks for. */
  readonly knowsPeer: boolean
  /** Looking for a path. */
  checking(): void
  connected(peer: NetworkEnd): void
  interrupted(how: 'disconnected' | 'failed'): void
  hear(id: number, text: string): void
  peerClosed(): void
}

/** What becomes of one data channel message: how often it arrives. */
export type Fate = (text: string) => number

/** An in-memory network: two ends that look for each other find each other. */
export interface FakeNetwork {
  readonly ends: ReadonlySet<NetworkEnd>
  add(end: NetworkEnd): void
  /** Something changed at this end: it may have a path now. */
  look(end: NetworkEnd): void
  carry(from: NetworkEnd, id: number, text: string): void
  leave(end: NetworkEnd): void
  /** Nothing passes any more. */
  cut(): void
  /** What was cut is known to be lost. */
  fail(): void
  /** It passes again, once somebody looks for it. */
  mend(): void
  /** Loses and doubles data channel messages. */
  fate: Fate
}

/** @param latencyMs one way */
export function createFakeNetwork(latencyMs = 5): FakeNetwork {
  const ends = new Set<NetworkEnd>()
  const paths = new Map<NetworkEnd, NetworkEnd>()
  let isUp = true

  function peerOf(end: NetworkEnd): NetworkEnd | undefined {
    const { wanted } = end
    if (wanted === null) return undefined
    return [...ends].find((other) => other.ufrags.at(-1) === wanted)
  }

  /** Both look for each other, and one of them knows where (the other learns it from its check). */
  function isMutual(a: NetworkEnd, b: NetworkEnd): boolean {
    return ends.has(a) && ends.has(b) && peerOf(a) === b && peerOf(b) === a
  }

  function join(a: NetworkEnd, b: NetworkEnd): void {
    if (!isUp || !isMutual(a, b)) return
    paths.set(a, b)
    paths.set(b, a)
    a.connected(b)
    b.connected(a)
  }

  const network: FakeNetwork = {
    ends,
    fate: () => 1,
    add: (end) => void ends.add(end),
    look(end) {
      const peer = peerOf(end)
      if (end.wanted !== null && end.knowsPeer) end.checking()
      if (peer === undefined || !isMutual(end, peer)) return
      if (!end.knowsPeer && !peer.knowsPeer) return
      setTimeout(() => {
        join(end, peer)
      }, 2 * latencyMs)
    },
    carry(from, id, text) {
      if (!isUp) return
      for (let copy = network.fate(text); copy > 0; copy -= 1) {
        setTimeout(() => paths.get(from)?.hear(id, text), latencyMs)
      }
    },
    leave(end) {
      const peer = paths.get(end)
      ends.delete(end)
      paths.delete(end)
      if (peer === undefined) return
      paths.delete(peer)
      if (isUp)
        setTimeout(() => {
          peer.peerClosed()
        }, latencyMs)
    },
    cut() {
      isUp = false
      for (const end of [...paths.keys()]) end.interrupted('disconnected')
    },
    fail() {
      for (const end of [...paths.keys()]) end.interrupted('failed')
      paths.clear()
    },
    mend() {
      isUp = true
      for (const end of [...ends]) network.look(end)
    },
  }
  return network
}
