import type { Connection, TabLeg } from './connection.ts'

/** The open sockets, by user, by session and by leg. */
export interface Connections {
  readonly size: number
  add(connection: Connection): void
  remove(connection: Connection): void
  all(): readonly Connection[]
  of(userId: string): readonly Connection[]
  ofSession(sessionId: string): readonly Connection[]
  /** Those that said hello for a leg. */
  ofLeg(leg: TabLeg): readonly Connection[]
  countOf(userId: string): number
}

/**
 * A user has a few sockets and a server very many users: a short list each takes less memory than
 * sets and further maps would, and is searched as fast.
 */
export function createConnections(): Connections {
  const byUser = new Map<string, Connection[]>()
  let size = 0
  const of = (userId: string): readonly Connection[] => [...(byUser.get(userId) ?? [])]
  const all = (): readonly Connection[] => [...byUser.values()].flat()

  return {
    get size() {
      return size
    },
    add(connection) {
      const { userId } = connection.owner
      const own = byUser.get(userId)
      byUser.set(userId, own === undefined ? [connection] : [...own, connection])
      size += 1
    },
    remove(connection) {
      const { userId } = connection.owner
      const own = of(userId)
      const left = own.filter((one) => one !== connection)
      size -= own.length - left.length
      if (left.length === 0) byUser.delete(userId)
      else byUser.set(userId, left)
    },
    all,
    of,
    ofSession: (sessionId) => all().filter(({ owner }) => owner.sessionId === sessionId),
    // A leg id is only unique for its user: somebody else's can't be taken over.
    ofLeg: ({ userId, legId }) => of(userId).filter(({ leg }) => leg?.legId === legId),
    countOf: (userId) => byUser.get(userId)?.length ?? 0,
  }
}
