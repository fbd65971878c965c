import type { FastifyInstance } from 'fastify'
import type { UserId } from '#shared/ids.ts'
import type { Accounts } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import type { Feed } from '#server/feed/index.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { FrameHandlers, LegListener } from '#server/platform/gateway/handlers.ts'
import type { Log } from '#server/platform/log/log.ts'
import { createOnline } from './online.ts'
import { createPresenceService } from './presenceService.ts'

/** The frames that this room answers. */
export type PresenceHandlers = Pick<
  FrameHandlers,
  Extract<keyof FrameHandlers, `presence.${string}`>
>

export interface Presence {
  readonly handlers: PresenceHandlers
  /** The same listener, seen by this room, too. */
  readonly watch: (legs: LegListener) => LegListener
  /** One of two has blocked the other one, or does so no more. */
  readonly reachChanged: (userId: UserId, otherId: UserId) => void
  /** The server goes: nobody is told any more. */
  readonly stop: () => void
}

export interface PresenceOptions {
  http: FastifyInstance
  db: Database
  bus: Bus
  clock: Clock
  log: Log
  accounts: Accounts
  feed: Feed
  chat: Chat
}

/** Build the room and put its route on: GET /api/preferences. */
export function createPresence(options: PresenceOptions): Presence {
  const { http, clock, log, accounts } = options
  const service = createPresenceService({
    ...options,
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    online: () => online,
  })
  /** Nobody waits for it. */
  const run = (work: Promise<void>): void => {
    work.catch((err: unknown) => {
      log.error({ err }, 'telling who is here failed')
    })
  }
  const online = createOnline({
    clock,
    onCame: (userId) => {
      run(service.came(userId))
    },
    onWent: (userId) => {
      run(service.went(userId))
    },
  })

  http.get('/api/preferences', async (request) => {
    const { userId } = await accounts.requireSession(request)
    return service.preferences(userId)
  })

  return {
    watch: (legs) => online.watch(legs),
    reachChanged: (userId, otherId) => {
      run(service.reachChanged([userId, otherId]))
    },
    stop: () => {
      online.stop()
    },
    handlers: {
      'presence.get': async ({ userId }) => ({ users: await service.contactsOf(userId) }),
      'presence.typing': async ({ userId }, { conversationId }) => {
        await service.type(userId, conversationId)
        return {}
      },
      'presence.prefer': async ({ userId }, wanted) => ({
        preferences: await service.prefer(userId, wanted),
      }),
    },
  }
}
