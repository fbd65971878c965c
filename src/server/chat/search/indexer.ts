import type { ConversationId } from '#shared/ids.ts'
import type { Clock } from '#server/platform/clock.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import { lockConversations } from '../conversations/conversationRepository.ts'
import {
  findUnindexed,
  findUnindexedMessages,
  insertTerms,
  setIndexed,
  type TermRow,
} from './indexRepository.ts'
import { termsOf } from './terms.ts'

/** Keeps the index of what was said. */
export interface Indexer {
  /** Something was said there. */
  said: (id: ConversationId) => void
  /** Nothing is indexed any more, when it has resolved. */
  stop: () => Promise<void>
}

export interface IndexerOptions {
  db: Database
  clock: Clock
  log: Log
  takeTurn: TakeTurn
}

/**
 * What was said is gathered for so long: the terms of one message stand in as many pages of the index as
 * there are terms, and the same pages take those of the next ones.
 */
const BATCH_MS = 1_000
/** So long after it could not be written. */
const RETRY_MS = 30_000
/** With so many terms a transaction ends: whoever wants to write waits meanwhile. */
const TERMS_MAX = 500
const MESSAGES_MAX = 50

/**
 * The index is written after the messages, not with them: it costs more than all the rest of a message.
 * Whoever searches looks at what is not in it yet by itself, so that nothing is missing.
 */
export function createIndexer({ db, clock, log, takeTurn }: IndexerOptions): Indexer {
  const waiting = new Set<ConversationId>()
  /** Something is not in the index, and it is not known where: a server before this one has left it. */
  let hasLeft = true
  let cancelTimer: (() => void) | null = null
  let running = Promise.resolve()
  let isStopped = false

  async function indexAll(ids: readonly ConversationId[]): Promise<void> {
    for (const id of ids) {
      while (!isStopped && (await indexSome(db, id))) await takeTurn()
    }
  }

  async function runOnce(): Promise<void> {
    let isDone = true
    try {
      if (hasLeft) for (const id of await findUnindexed(db)) waiting.add(id)
      hasLeft = false
      const ids = [...waiting]
      waiting.clear()
      await indexAll(ids)
    } catch (err) {
      // A full disk. What is left out is looked at by who searches.
      log.warn({ err }, 'indexing messages failed')
      hasLeft = true
      isDone = false
    }
    cancelTimer = null
    if (!isDone) plan(RETRY_MS)
    else if (waiting.size > 0) plan()
  }

  function plan(ms = BATCH_MS): void {
    if (isStopped || cancelTimer !== null) return
    cancelTimer = clock.after(ms, () => {
      running = runOnce()
    })
  }

  plan()
  return {
    said(id) {
      waiting.add(id)
      plan()
    },
    async stop() {
      isStopped = true
      cancelTimer?.()
      await running
    },
  }
}

/** @returns whether there is more to do */
const indexSome = (db: Database, id: ConversationId): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    await lockConversations(trx, [id])
    const messages = await findUnindexedMessages(trx, id, MESSAGES_MAX)
    const rows: TermRow[] = []
    let done = 0
    for (const { seq, body } of messages) {
      const terms = body.kind === 'text' ? termsOf(body.text) : []
      if (rows.length > 0 && rows.length + terms.length > TERMS_MAX) break
      rows.push(...terms.map((term) => ({ term, seq })))
      done += 1
    }
    const last = messages[done - 1]
    if (last === undefined) return false
    await insertTerms(trx, id, rows)
    await setIndexed(trx, id, last.seq)
    return done < messages.length || messages.length === MESSAGES_MAX
  })
