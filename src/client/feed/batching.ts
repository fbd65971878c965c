import type { FeedItem } from '#shared/protocol/feed.ts'

/** So many entries of a second are handed on as they come. */
const FEW = 10
const SECOND_MS = 1_000
/** Those after them are handed on together, so often. */
const TOGETHER_MS = 100

/**
 * Hand entries on as they come, and several at once where they come quickly: each time everything that
 * shows them is drawn anew, which nobody could follow with the eye [L10].
 * @returns takes one, in their order
 */
export function createBatching(handOn: (item: FeedItem) => void): (item: FeedItem) => void {
  const waiting: FeedItem[] = []
  let since = 0
  let count = 0

  function isQuick(): boolean {
    const now = performance.now()
    if (now - since > SECOND_MS) [since, count] = [now, 0]
    count += 1
    return count > FEW
  }

  function handAllOn(): void {
    for (const item of waiting.splice(0)) handOn(item)
  }

  return (item) => {
    const isFirst = waiting.push(item) === 1
    const isTogether = isQuick()
    if (!isFirst) return
    if (isTogether) setTimeout(handAllOn, TOGETHER_MS)
    else handAllOn()
  }
}
