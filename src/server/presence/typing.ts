import type { UserId } from '#shared/ids.ts'
import { TYPING_EVERY_MS } from '#shared/limits.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Chat } from '#server/chat/index.ts'
import { findPreferences, typingTellers } from './preferencesRepository.ts'

export interface TypingOptions {
  db: Database
  bus: Bus
  chat: Pick<Chat, 'requireMember' | 'othersIn'>
  elapsed: () => number
}

/**
 * Tells the others in a conversation that somebody is typing. Repeated too soon, it costs one look-up of
 * the membership.
 */
export function createTyping(
  options: TypingOptions,
): (userId: UserId, conversationId: string) => Promise<void> {
  const { db, bus, chat, elapsed } = options
  const typed = new Map<string, number>()

  return async (userId, conversationId) => {
    await chat.requireMember(conversationId, userId)
    const key = `${conversationId} ${userId}`
    if (elapsed() - (typed.get(key) ?? -Infinity) < TYPING_EVERY_MS / 2) return
    if (typed.size > 10_000) typed.clear()
    typed.set(key, elapsed())
    const { showsTyping } = await findPreferences(db, userId)
    if (!showsTyping) return
    const others = await chat.othersIn(conversationId, userId)
    for (const other of await typingTellers(db, userId, others)) {
      bus.publish(other, { type: 'presence.typing', body: { conversationId, userId } })
    }
  }
}
