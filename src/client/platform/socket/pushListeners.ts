import type { Push, PushBody, PushType } from '#shared/protocol/envelope.ts'
import { createListeners, type Listeners } from './listeners.ts'

/** Who wants to hear of which push. */
export interface PushListeners {
  add<T extends PushType>(type: T, handler: (body: PushBody<T>) => void): () => void
  tell(push: Push): void
}

export function createPushListeners(): PushListeners {
  // The map's key and the body's type belong together; `add` is the only way in.
  const byType = new Map<PushType, Listeners<never>>()
  return {
    add(type, handler) {
      const listeners = byType.get(type) ?? createListeners<never>()
      byType.set(type, listeners)
      return listeners.add(handler)
    },
    tell({ type, body }) {
      byType.get(type)?.tell(body as never)
    },
  }
}
