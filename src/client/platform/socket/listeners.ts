/** Who wants to hear of one kind of news. */
export interface Listeners<T> {
  /** @returns the function that stops it */
  add(handler: (news: T) => void): () => void
  tell(news: T): void
}

export function createListeners<T>(): Listeners<T> {
  const handlers = new Set<(news: T) => void>()
  return {
    add(handler) {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    tell(news) {
      // A copy: whoever hears it may stop hearing.
      for (const handler of [...handlers]) handler(news)
    },
  }
}
