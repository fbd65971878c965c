import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { CloseReason } from '#client/platform/socket/closeReason.ts'
import { createSocketService } from '#client/platform/socket/createSocketService.ts'
import type { SocketService, SocketStatus } from '#client/platform/socket/SocketService.ts'
import { until } from '../server/virtualTime.ts'
import type { ScriptedServer } from './scriptedServer.ts'

export const USER_ID = '01a00000-0000-7000-8000-00000000000c'
export const LEG_ID = '01a00000-0000-7000-8000-00000000000b'

/** A client of a scripted server, and what it told its listeners. */
export interface ServiceUnderTest {
  readonly service: SocketService
  readonly statuses: SocketStatus[]
  readonly refusals: CloseReason[]
  /** As the browser would fire them. */
  readonly fire: { online: () => void; visible: () => void; unload: () => void }
  /** What HTTP says of the session. */
  whyRefused: () => Promise<CloseReason | null>
  whenOnline: () => Promise<void>
}

/** A browser has no unhandled errors of sockets. */
class QuietSocket extends WebSocket {
  constructor(url: string) {
    super(url, { perMessageDeflate: false })
    this.on('error', () => undefined)
  }
}

export function createService({ url }: ScriptedServer): ServiceUnderTest {
  const handlers = { online: () => {}, visible: () => {}, unload: () => {} }
  const statuses: SocketStatus[] = []
  const refusals: CloseReason[] = []
  const service = createSocketService({
    url,
    deviceId: LEG_ID,
    legId: LEG_ID,
    whyRefused: () => under.whyRefused(),
    wakeUps: {
      onOnline: (handler) => void (handlers.online = handler),
      onVisible: (handler) => void (handlers.visible = handler),
      onUnload: (handler) => void (handlers.unload = handler),
    },
    WebSocket: QuietSocket,
  })
  service.onStatus((status) => statuses.push(status))
  service.onRefused((reason) => refusals.push(reason))
  onTestFinished(() => {
    service.close()
  })
  const under: ServiceUnderTest = {
    service,
    statuses,
    refusals,
    fire: {
      online: () => {
        handlers.online()
      },
      visible: () => {
        handlers.visible()
      },
      unload: () => {
        handlers.unload()
      },
    },
    whyRefused: () => Promise.resolve(null),
    whenOnline: () => until('the service to be online', () => service.status === 'online'),
  }
  return under
}

/** What a push without a number may look like. */
export const ITEM = {
  pos: 1,
  entry: {
    kind: 'read',
    conversationId: '00000000-0000-4000-8000-000000000102',
    readSeq: 1,
    unread: 0,
  },
} as const
