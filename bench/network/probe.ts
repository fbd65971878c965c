/** What has come in at a page since the tick before, and what its call shows at this moment. */
export interface Tick {
  /** Epoch ms. */
  readonly at: number
  /** Samples of sound played (48 a ms), and those of them that were made up because nothing had come. */
  readonly samples: number
  readonly concealed: number
  /** Energy of what was played (W3C `totalAudioEnergy`); silence has none. */
  readonly energy: number
  /** The sound comes through a relay; null while there is no path. */
  readonly isRelayed: boolean | null
  /** Every sentence that the call shows. */
  readonly words: readonly string[]
}

declare global {
  interface Window {
    labTick?: (tick: Tick) => void
  }
}

/** Runs in every page before the app: reports a tick ten times a second, also after a reload. */
export function installProbe(): void {
  const TICK_MS = 100
  const SENTENCES = '[data-call-layer] [role=status] p, [data-call-layer] span[role=status]'
  const connections: RTCPeerConnection[] = []
  const counted = new Map<string, Sound>()
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.push(this)
    }
  }
  let isReading = false
  setInterval(() => {
    // A browser that is late must not be asked by several at once.
    if (isReading) return
    isReading = true
    void read()
      .then((tick) => window.labTick?.(tick))
      .finally(() => {
        isReading = false
      })
  }, TICK_MS)

  interface Sound {
    samples: number
    concealed: number
    energy: number
  }
  type Stat = RTCStats & Record<string, unknown>

  async function read(): Promise<Tick> {
    const sum: Sound = { samples: 0, concealed: 0, energy: 0 }
    let isRelayed: boolean | null = null
    for (const [index, connection] of connections.entries()) {
      if (connection.connectionState === 'closed') continue
      const stats = [...(await connection.getStats()).values()] as Stat[]
      const sound = stats.filter((stat) => stat.type === 'inbound-rtp' && stat['kind'] === 'audio')
      for (const stat of sound) {
        const more = since(`${index}/${stat.id}`, stat)
        // A standby is another connection: what counts is what one hears.
        if (!isPlayed(stat)) continue
        sum.samples += more.samples
        sum.concealed += more.concealed
        sum.energy += more.energy
        isRelayed = relayOf(stats) ?? isRelayed
      }
    }
    const at = performance.timeOrigin + performance.now()
    return { at, ...sum, isRelayed, words: sentences() }
  }

  /** Counters begin anew with each connection, so each is compared with itself. */
  function since(key: string, stat: Stat): Sound {
    const before = counted.get(key) ?? { samples: 0, concealed: 0, energy: 0 }
    const now = {
      samples: Number(stat['totalSamplesReceived'] ?? 0),
      concealed: Number(stat['concealedSamples'] ?? 0),
      energy: Number(stat['totalAudioEnergy'] ?? 0),
    }
    counted.set(key, now)
    return {
      samples: now.samples - before.samples,
      concealed: now.concealed - before.concealed,
      energy: now.energy - before.energy,
    }
  }

  function isPlayed(stat: Stat): boolean {
    const streams = [...document.querySelectorAll('audio')].map(({ srcObject }) => srcObject)
    return streams.some(
      (stream) =>
        stream instanceof MediaStream &&
        stream.getAudioTracks().some(({ id }) => id === stat['trackIdentifier']),
    )
  }

  function relayOf(stats: readonly Stat[]): boolean | null {
    const transport = stats.find(({ type }) => type === 'transport')
    const pair = stats.find(({ id }) => id === transport?.['selectedCandidatePairId'])
    if (pair === undefined) return null
    const ends = [pair['localCandidateId'], pair['remoteCandidateId']]
    return stats.some(({ id, ...stat }) => ends.includes(id) && stat['candidateType'] === 'relay')
  }

  function sentences(): string[] {
    const shown = [...document.querySelectorAll(SENTENCES)]
    return shown.map(({ textContent }) => textContent.trim()).filter((text) => text !== '')
  }
}
