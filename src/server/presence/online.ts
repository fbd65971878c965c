import type { UserId } from '#shared/ids.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { LegConnection, LegListener } from '#server/platform/gateway/handlers.ts'

/** A page that is reloaded is not gone. */
const GONE_AFTER_MS = 5_000

export interface Online {
  has(userId: UserId): boolean
  /** The same listener, seen by this room, too. */
  watch(legs: LegListener): LegListener
  /** The server goes: nobody is told any more. */
  stop(): void
}

export interface OnlineOptions {
  readonly clock: Clock
  /** Their first tab is here. */
  readonly onCame: (userId: UserId) => void
  /** Their last tab is gone, for a while already. */
  readonly onWent: (userId: UserId) => void
}

/** Who has a tab that is connected to this process. */
export function createOnline({ clock, onCame, onWent }: OnlineOptions): Online {
  /** The open sockets of each user. A socket counts once, however often it says hello [HS8]. */
  const links = new Map<UserId, readonly LegConnection[]>()
  const leaving = new Map<UserId, () => void>()
  let isOver = false

  function come(userId: UserId, link: LegConnection): void {
    const own = links.get(userId) ?? []
    if (own.includes(link)) return
    links.set(userId, [...own, link])
    const cancelTimer = leaving.get(userId)
    leaving.delete(userId)
    cancelTimer?.()
    if (own.length === 0 && cancelTimer === undefined) onCame(userId)
  }

  function go(userId: UserId, link: LegConnection): void {
    const left = (links.get(userId) ?? []).filter((one) => one !== link)
    if (left.length > 0) {
      links.set(userId, left)
      return
    }
    links.delete(userId)
    if (isOver) return
    leaving.get(userId)?.()
    leaving.set(
      userId,
      clock.after(GONE_AFTER_MS, () => {
        leaving.delete(userId)
        onWent(userId)
      }),
    )
  }

  return {
    stop() {
      isOver = true
      for (const cancelTimer of leaving.values()) cancelTimer()
      leaving.clear()
    },
    has: (userId) => links.has(userId) || leaving.has(userId),
    watch: (legs) => ({
      attached(leg, link, received) {
        come(leg.userId, link)
        legs.attached(leg, link, received)
      },
      acknowledged: (leg, n) => {
        legs.acknowledged(leg, n)
      },
      detached(leg, link, unloading) {
        go(leg.userId, link)
        legs.detached(leg, link, unloading)
      },
      sentTo: (leg) => legs.sentTo(leg),
    }),
  }
}
