import type { Push } from '#shared/protocol/envelope.ts'
import type { UserId } from '#shared/ids.ts'

/** A push for every tab of a user, except call frames, which go to legs (calls/). */
export type UserPush = Exclude<Push, { type: `call.${string}` }>

/** How rooms reach users who may be connected to this or another process. At most once. */
export interface Bus {
  publish(userId: UserId, push: UserPush): void
  /** The session ended (log-out, expiry): whoever holds a socket of it closes it. */
  publishSessionEnded(sessionId: string): void
  onPush(handler: (userId: UserId, push: UserPush) => void): void
  onSessionEnded(handler: (sessionId: string) => void): void
}

/** The bus of a single process. */
export function createLocalBus(): Bus {
  const pushHandlers: ((userId: UserId, push: UserPush) => void)[] = []
  const sessionHandlers: ((sessionId: string) => void)[] = []
  return {
    publish(userId, push) {
      for (const handler of pushHandlers) handler(userId, push)
    },
    publishSessionEnded(sessionId) {
      for (const handler of sessionHandlers) handler(sessionId)
    },
    onPush: (handler) => void pushHandlers.push(handler),
    onSessionEnded: (handler) => void sessionHandlers.push(handler),
  }
}
