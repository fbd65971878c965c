import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Clock } from '#server/platform/clock.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Log } from '#server/platform/log/log.ts'
import { lockConversations } from '../conversationRepository.ts'
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
  /** Put everything into the index that was said where somebody may look. */
  catchUp: (reader: UserId) => Promise<void>
  /** Nothing is indexed any more, when it has resolved. */
  stop: () => Promise<void>
}

export interface IndexerOptions {
  db: Database
  clock: Clock
  log: Log
}

/**
 * What was said is gathered for so long: the terms of one message stand in as many pages of the index as
 * there are terms, and the same pages take those of the next ones.
 */
const GATHER_MS = 1_000
/** So many terms are written in one go: others wait meanwhile. */
const TERMS_MAX = 500
const MESSAGES_MAX = 200

/**
 * The index is written after the messages, not with them: it costs more than all the rest of a message.
 * Whoever searches has it brought up to date before, so that nothing is missing.
 */
export function createIndexer({ db, clock, log }: IndexerOptions): Indexer {
  const waiting = new Set<ConversationId>()
  /** What a server before this one has left is not known yet. */
  let isNew = true
  let callOff: (() => void) | null = null
  let running = Promise.resolve()
  let isStopped = false

  async function indexAll(ids: readonly ConversationId[]): Promise<void> {
    for (const id of ids) {
      while (!isStopped && (await indexSome(db, id))) await nextTurn()
    }
  }

  async function runOnce(): Promise<void> {
    try {
      if (isNew) for (const id of await findUnindexed(db, null)) waiting.add(id)
      isNew = false
      const ids = [...waiting]
      waiting.clear()
      await indexAll(ids)
    } catch (err) {
      // Whoever searches tries again.
      log.warn({ err }, 'indexing messages failed')
    }
    callOff = null
    if (waiting.size > 0) plan()
  }

  function plan(): void {
    if (isStopped || callOff !== null) return
    callOff = clock.after(GATHER_MS, () => {
      running = runOnce()
    })
  }

  plan()
  return {
    said(id) {
      waiting.add(id)
      plan()
    },
    async catchUp(reader) {
      try {
        await indexAll(await findUnindexed(db, reader))
      } catch (err) {
        // A full disk: what was indexed before can be found all the same.
        log.warn({ err }, 'indexing messages failed')
      }
    },
    async stop() {
      isStopped = true
      callOff?.()
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
      if (rows.length >= TERMS_MAX) break
      if (body.kind === 'text') rows.push(...termsOf(body.text).map((term) => ({ term, seq })))
      done += 1
    }
    const last = messages[done - 1]
    if (last === undefined) return false
    await insertTerms(trx, id, rows)
    await setIndexed(trx, id, last.seq)
    return done < messages.length || messages.length === MESSAGES_MAX
  })
