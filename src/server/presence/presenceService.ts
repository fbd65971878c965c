import type { UserId } from '#shared/ids.ts'
import type { RequestBody } from '#shared/protocol/envelope.ts'
import type { Preferences, PresenceView } from '#shared/protocol/presence.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import { lockUsers } from '#server/accounts/index.ts'
import type { Chat } from '#server/chat/index.ts'
import type { Feed } from '#server/feed/index.ts'
import type { Online } from './online.ts'
import {
  findPreferences,
  presenceTellers,
  saveLastSeen,
  savePreferences,
} from './preferencesRepository.ts'
import { createTyping } from './typing.ts'

export interface PresenceService {
  preferences(userId: UserId): Promise<Preferences>
  prefer(userId: UserId, wanted: RequestBody<'presence.prefer'>): Promise<Preferences>
  /** Those of somebody's contacts who tell; nobody for who does not tell. */
  contactsOf(userId: UserId): Promise<PresenceView[]>
  /** @throws AppError `request/not-found`, alike for somebody else's conversation and for none [CH4] */
  type(userId: UserId, conversationId: string): Promise<void>
  came(userId: UserId): Promise<void>
  went(userId: UserId): Promise<void>
  /** Two can see each other no more, or again: tell each of the other one. */
  reachChanged(pair: readonly [UserId, UserId]): Promise<void>
}

export interface PresenceServiceOptions {
  db: Database
  bus: Bus
  feed: Feed
  chat: Pick<Chat, 'requireMember' | 'othersIn'>
  now: () => number
  elapsed: () => number
  online: () => Online
}

const here = (userId: UserId): PresenceView => ({ userId, isOnline: true, lastSeenAt: null })
const away = (userId: UserId, lastSeenAt: number | null): PresenceView => ({
  userId,
  isOnline: false,
  lastSeenAt,
})

/** What somebody sees of their contacts. */
async function viewsFor(
  { db, online }: PresenceServiceOptions,
  userId: UserId,
): Promise<PresenceView[]> {
  const { showsPresence } = await findPreferences(db, userId)
  if (!showsPresence) return []
  const tellers = await presenceTellers(db, userId)
  return tellers.map(({ userId: id, lastSeenAt }) =>
    online().has(id) ? here(id) : away(id, lastSeenAt),
  )
}

/** Who is here and who is writing, between those who let each other know. */
export function createPresenceService(options: PresenceServiceOptions): PresenceService {
  const { db, bus, feed, now, online } = options

  /** Tell everybody who tells. */
  async function tell(view: PresenceView): Promise<void> {
    for (const { userId } of await presenceTellers(db, view.userId)) {
      if (online().has(userId)) bus.publish(userId, { type: 'presence.user', body: view })
    }
  }

  return {
    contactsOf: (userId) => viewsFor(options, userId),
    preferences: (userId) => findPreferences(db, userId),
    type: createTyping(options),

    async prefer(userId, wanted) {
      const [before, after, deliveries] = await inTransaction(db, async (trx) => {
        await lockUsers(trx, [userId])
        const known = await findPreferences(trx, userId)
        const preferences = { ...known, ...wanted }
        await savePreferences(trx, userId, preferences)
        const isSame = JSON.stringify(known) === JSON.stringify(preferences)
        const draft = { userId, entry: { kind: 'preferences' as const, preferences } }
        return [known, preferences, isSame ? [] : await feed.record(trx, [draft])] as const
      })
      feed.announce(deliveries)
      if (before.showsPresence !== after.showsPresence) {
        await tell(after.showsPresence ? here(userId) : away(userId, null))
      }
      return after
    },

    async came(userId) {
      const { showsPresence } = await findPreferences(db, userId)
      if (showsPresence) await tell(here(userId))
    },

    async went(userId) {
      const at = now()
      await saveLastSeen(db, userId, at)
      const { showsPresence } = await findPreferences(db, userId)
      if (showsPresence) await tell(away(userId, at))
    },

    async reachChanged([one, other]) {
      for (const [reader, seen] of [
        [one, other],
        [other, one],
      ] as const) {
        const view = (await viewsFor(options, reader)).find(({ userId }) => userId === seen)
        bus.publish(reader, { type: 'presence.user', body: view ?? away(seen, null) })
      }
    },
  }
}
