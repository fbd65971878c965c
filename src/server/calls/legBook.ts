import { LEG_GRACE_MS, LEGS_PER_USER } from '#shared/limits.ts'
import type { LegConnection } from '#server/platform/gateway/handlers.ts'
import type { Mailbox } from './mailbox.ts'
import type { UserLeg } from './registry/call.ts'

/** What is known of one tab. */
export interface LegEntry {
  readonly leg: UserLeg
  mailbox: Mailbox | null
  /** Null: its socket is lost. */
  connection: LegConnection | null
  /** ms, by a clock that can't be set */
  lostAt: number
}

/** Every known tab, by its user. */
export interface LegBook {
  find(leg: UserLeg): LegEntry | undefined
  /** The entry of a tab that is connected by this connection. */
  connect(leg: UserLeg, connection: LegConnection): LegEntry
  lose(entry: LegEntry, now: number): void
  of(userId: string): readonly LegEntry[]
  /** Forget the tabs that have been gone for longer than any grace. */
  forget(now: number): void
  readonly size: number
}

/**
 * A user has a few tabs and a server very many users: short lists take less memory than maps. A list
 * stays short because a user who has `LEGS_PER_USER` loses the tab that has been gone for longest.
 */
export function createLegBook(): LegBook {
  const byUser = new Map<string, LegEntry[]>()
  /** The tabs without a socket, the longest gone first. */
  const lost = new Set<LegEntry>()
  let size = 0
  const of = (userId: string): readonly LegEntry[] => byUser.get(userId) ?? []
  const find = ({ userId, legId }: UserLeg): LegEntry | undefined =>
    byUser.get(userId)?.find(({ leg }) => leg.legId === legId)

  function add(leg: UserLeg): LegEntry {
    makeRoom(leg.userId)
    const entry: LegEntry = { leg, mailbox: null, connection: null, lostAt: 0 }
    byUser.set(leg.userId, [...of(leg.userId), entry])
    size += 1
    return entry
  }

  function makeRoom(userId: string): void {
    const own = of(userId)
    if (own.length < LEGS_PER_USER) return
    const gone = own
      .filter(({ connection }) => connection === null)
      .sort((a, b) => a.lostAt - b.lostAt)
    if (gone[0] !== undefined) remove(gone[0])
  }

  function remove(entry: LegEntry): void {
    lost.delete(entry)
    size -= 1
    const left = of(entry.leg.userId).filter((one) => one !== entry)
    if (left.length === 0) byUser.delete(entry.leg.userId)
    else byUser.set(entry.leg.userId, left)
  }

  return {
    find,
    connect(leg, connection) {
      const entry = find(leg) ?? add(leg)
      lost.delete(entry)
      entry.connection = connection
      return entry
    },
    lose(entry, now) {
      entry.connection = null
      entry.lostAt = now
      lost.add(entry)
    },
    of,
    forget(now) {
      for (const entry of lost) {
        if (entry.lostAt < now - 2 * LEG_GRACE_MS) remove(entry)
      }
    },
    get size() {
      return size
    },
  }
}
