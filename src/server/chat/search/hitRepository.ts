import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { MessageBody } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { numbersOf } from '#server/platform/database/rows.ts'
import { findMessagePasts } from '../messages/messagePastRepository.ts'
import { holds } from './terms.ts'

/** What a message must be to be found. */
export interface Wanted {
  readonly viewer: UserId
  readonly words: readonly string[]
  /** Null: any. */
  readonly kind: 'text' | 'call' | null
  /** Has an address in it. */
  readonly hasLink: boolean
  /** ms UTC: not before the one, and not after the other; null: whenever. */
  readonly from: number | null
  readonly upTo: number | null
}

export interface Hit {
  readonly id: string
  /** ms UTC */
  readonly createdAt: number
}

/** Of these messages of a conversation those that are what is looked for, the newest first. */
export async function findHits(
  db: Database,
  { id, seqs }: { id: ConversationId; seqs: readonly number[] },
  wanted: Wanted,
): Promise<Hit[]> {
  if (seqs.length === 0) return []
  const { viewer, kind, hasLink, from, upTo } = wanted
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'body', 'created_at as createdAt'])
    .where('conversation_id', '=', id)
    .where('seq', 'in', numbersOf(db, seqs))
    .$if(kind !== null, (hits) => hits.where('kind', '=', kind ?? 'text'))
    .$if(hasLink, (hits) => hits.where('body', 'like', '%://%'))
    .$if(from !== null, (hits) => hits.where('created_at', '>=', from ?? 0))
    .$if(upTo !== null, (hits) => hits.where('created_at', '<=', upTo ?? 0))
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('message_deletions')
            .select('message_deletions.message_id')
            .whereRef('message_deletions.message_id', '=', 'messages.id')
            .where('message_deletions.user_id', '=', viewer),
        ),
      ),
    )
    .orderBy('seq', 'desc')
    .execute()
  const ids = rows.map((row) => row.id)
  const pasts = await findMessagePasts(db, viewer, ids)
  return rows
    .filter((row) => {
      // Match what the viewer sees, not a text from after they left.
      const body = pasts.get(row.id)?.body ?? v.parse(MessageBody, JSON.parse(row.body))
      return isHit(body, wanted)
    })
    .map(({ id: messageId, createdAt }) => ({ id: messageId, createdAt }))
}

function isHit(body: MessageBody, { words, hasLink }: Wanted): boolean {
  if (words.length === 0 && !hasLink) return true
  return body.kind === 'text' && holds(body.text, words) && (!hasLink || body.text.includes('://'))
}
