import type { Quote } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { quoteIn } from './quote.ts'

/** Keep what is answered as it is now [CH8]. @param loaded what is kept has been read */
export function useQuoteChanges(
  loaded: () => Promise<void>,
  requote: (quote: Quote) => void,
): void {
  useFeedStore().onItems((items) => {
    const quotes = items.flatMap(({ entry }) => quoteIn(entry) ?? [])
    if (quotes.length > 0) void loaded().then(() => quotes.forEach(requote))
  })
}
