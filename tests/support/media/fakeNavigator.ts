import { asTrack, FakeTrack, fakeStreamOf } from '../peer/FakeTrack.ts'

export interface FakeNavigator {
  readonly view: Window
  /** What was asked of `getUserMedia`, in order. */
  readonly asked: MediaStreamConstraints[]
  devices: Partial<MediaDeviceInfo>[]
  change(): void
  /** What the Permissions API says of each; undefined: as the options have it. */
  readonly states: { microphone?: PermissionState; camera?: PermissionState }
  /** Answer the oldest request that waits (`asks`): undefined allows it, a name refuses it. */
  answer(name?: string): void
}

export interface FakeNavigatorOptions {
  /** What the Permissions API says of both; null: it does not know them. */
  permission?: PermissionState | null
  /** No `mediaDevices`, as on an insecure origin. */
  insecure?: boolean
  /** Requests wait for an `answer`, as while the user is asked. */
  asks?: boolean
  /** The name of the error with which a request like this is refused. */
  refuse?: (constraints: MediaStreamConstraints) => string | null
}

/** A window of which only the devices are there. */
export function createFakeNavigator(options: FakeNavigatorOptions = {}): FakeNavigator {
  const { permission = 'granted', insecure = false, asks = false, refuse = () => null } = options
  const asked: MediaStreamConstraints[] = []
  const handlers = new Set<() => void>()

  const waiting: ((name?: string) => void)[] = []

  const mediaDevices = {
    async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
      asked.push(constraints)
      const name = asks
        ? await new Promise<string | undefined>((resolve) => waiting.push(resolve))
        : refuse(constraints)
      if (typeof name === 'string') return Promise.reject(Object.assign(new Error(name), { name }))
      const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind] !== undefined)
      return Promise.resolve(fakeStreamOf(...kinds.map((kind) => asTrack(new FakeTrack(kind)))))
    },
    enumerateDevices: () => Promise.resolve(fake.devices),
    addEventListener: (_type: string, handler: () => void) => handlers.add(handler),
    removeEventListener: (_type: string, handler: () => void) => handlers.delete(handler),
  }
  const permissions = {
    query: ({ name }: { name: 'microphone' | 'camera' }) =>
      permission === null
        ? Promise.reject(new TypeError('unknown name'))
        : Promise.resolve({ state: fake.states[name] ?? permission }),
  }
  const navigator = insecure ? { permissions } : { permissions, mediaDevices }

  const fake: FakeNavigator = {
    view: { navigator } as unknown as Window,
    asked,
    devices: [],
    states: {},
    answer(name) {
      waiting.shift()?.(name)
    },
    change() {
      for (const handler of handlers) handler()
    },
  }
  return fake
}

/** A machine without a camera. */
export const noCamera = ({ video }: MediaStreamConstraints): string | null =>
  video === undefined ? null : 'NotFoundError'

/** A machine on which the chosen device is not any more. */
export const chosenDevice = ({ audio, video }: MediaStreamConstraints): string | null => {
  const constraints = audio ?? video
  return typeof constraints === 'object' && 'deviceId' in constraints
    ? 'OverconstrainedError'
    : null
}
