import * as v from 'valibot'
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { MessageView, Quote } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore, useLocalStore } from '#client/feed/index.ts'
import { quoteOf } from './quote.ts'

const Messages = v.array(MessageView)
const Quotes = v.array(Quote)

/** So many are remembered, and so many of what can't be read kept. */
const KNOWN_MAX = 2_000
const TOLD_MAX = 200

/** The newest of each id; the oldest goes where there are too many. */
function remember(quotes: Map<string, Quote>, quote: Quote, max: number): void {
  const before = quotes.get(quote.id)
  if (before !== undefined && before.rev >= quote.rev) return
  quotes.delete(quote.id)
  quotes.set(quote.id, quote)
  const [oldest] = quotes.keys()
  if (quotes.size > max && oldest !== undefined) quotes.delete(oldest)
}

/**
 * What has become of messages that are quoted [CH8]. A message keeps its quote as it came with it: in pages that
 * were read before, in this browser's database, in what waits to be sent. So each is shown as it is known here now.
 */
export const useQuotedStore = defineStore('quoted', () => {
  const session = useSessionStore()
  const local = useLocalStore()
  const known = shallowReactive(new Map<string, Quote>())
  /** Of messages that can't be read: only the feed has told them, and nothing else keeps them. */
  const told = new Map<string, Quote>()

  function learn(message: MessageView): void {
    // Who deletes a message for themselves still reads it in quotes.
    if (message.body.kind !== 'deleted') remember(known, quoteOf(message), KNOWN_MAX)
  }

  function hear(quote: Quote): void {
    remember(known, quote, KNOWN_MAX)
    remember(told, quote, TOLD_MAX)
  }

  useFeedStore().add({
    name: 'quotes',
    // What is loaded again has quotes of its own.
    reload: () => Promise.resolve(),
    apply(items) {
      for (const { entry } of items) {
        if (entry.kind === 'changed') learn(entry.message)
        else if (entry.kind === 'quoted') hear(entry.quote)
      }
    },
    snapshot: () => [...told.values()],
    restore(kept) {
      const quotes = v.safeParse(Quotes, kept)
      if (quotes.success) quotes.output.forEach(hear)
      // An earlier version kept none.
      return true
    },
    clear() {
      known.clear()
      told.clear()
    },
  })

  /** A quote as its message is now, as far as it is known here. */
  function asItIs(quote: Quote): Quote {
    const now = known.get(quote.id)
    return now !== undefined && now.rev > quote.rev ? now : quote
  }

  /** Learn what this browser keeps of messages that are quoted: they may have changed since. */
  async function lookUp(conversationId: string, quotes: readonly Quote[]): Promise<void> {
    if (quotes.length === 0) return
    const accountId = session.account?.id
    const seqs = [...new Set(quotes.map(({ seq }) => seq))]
    const database = await local.database()
    const found = await database?.readMessagesAt({ conversationId, seqs }).catch(() => [])
    const kept = v.safeParse(Messages, found)
    if (kept.success && session.account?.id === accountId) kept.output.forEach(learn)
  }

  return { asItIs, lookUp }
})
