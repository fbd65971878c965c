/** A tone that was started: when, in s of the context, and how loud its envelope gets. */
export interface Tone {
  readonly frequency: number
  readonly from: number
  readonly to: number
  /** It reaches the loudspeaker. */
  readonly isAudible: boolean
}

interface Node {
  next: Node | null
  connect(node: Node): void
  disconnect(): void
}

export interface FakeSoundView {
  readonly view: Window & typeof globalThis
  readonly tones: readonly Tone[]
  readonly contexts: number
  /** The browser lets this tab sound from now on, as after a gesture, or takes it back. */
  allow(isAllowed: boolean): void
  gesture(type: string): void
  now: number
}

function createNode(): Node {
  return {
    next: null,
    connect(node) {
      this.next = node
    },
    disconnect() {
      this.next = null
    },
  }
}

/** A window whose sound goes nowhere, and may have to wait for a gesture. */
export function createFakeSoundView({ isAllowed = true } = {}): FakeSoundView {
  const destination = createNode()
  const started: { frequency: number; from: number; to: number; node: Node }[] = []
  const gestures = new Map<string, () => void>()
  const listeners = new Set<() => void>()
  const resuming: (() => void)[] = []
  let state = 'suspended'
  let contexts = 0

  function change(next: string): void {
    state = next
    for (const listener of listeners) listener()
    if (next === 'running') for (const resolve of resuming.splice(0)) resolve()
  }

  class FakeAudioContext {
    currentTime = 0
    destination = destination
    constructor() {
      contexts += 1
    }
    get state() {
      return state
    }
    addEventListener(_type: string, listener: () => void) {
      listeners.add(listener)
    }
    resume(): Promise<void> {
      if (isAllowed) change('running')
      return state === 'running'
        ? Promise.resolve()
        : new Promise((resolve) => {
            resuming.push(resolve)
          })
    }
    createGain() {
      return Object.assign(createNode(), {
        gain: { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} },
      })
    }
    createOscillator() {
      const node = createNode()
      const oscillator = Object.assign(node, {
        frequency: { value: 0 },
        start: (from: number) => {
          started.push({ frequency: oscillator.frequency.value, from, to: 0, node })
        },
        stop: (to: number) => {
          const own = started.find((one) => one.node === node)
          if (own !== undefined) own.to = to
        },
      })
      return oscillator
    }
  }

  const leadsOut = (node: Node | null): boolean =>
    node !== null && (node === destination || leadsOut(node.next))

  const fake: FakeSoundView = {
    now: 0,
    view: {
      AudioContext: FakeAudioContext,
      addEventListener: (type: string, handler: () => void) => gestures.set(type, handler),
      setInterval: (handler: () => void, ms: number) => setInterval(handler, ms),
      clearInterval: (id: number) => {
        clearInterval(id)
      },
      setTimeout: (handler: () => void, ms: number) => setTimeout(handler, ms),
      clearTimeout: (id: number) => {
        clearTimeout(id)
      },
      performance: { now: () => fake.now },
    } as unknown as Window & typeof globalThis,
    get tones() {
      return started.map(({ node, ...tone }) => ({ ...tone, isAudible: leadsOut(node) }))
    },
    get contexts() {
      return contexts
    },
    allow(next) {
      isAllowed = next
      if (contexts > 0) change(next ? 'running' : 'suspended')
    },
    gesture: (type) => gestures.get(type)?.(),
  }
  return fake
}
