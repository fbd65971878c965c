import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { uuidv7 } from 'uuidv7'
import { termsOf } from '../../src/server/chat/search/terms.ts'
import type { Crowd } from './people.ts'

/** What they talk about; each word has two letters of these, so that some are frequent and some are rare. */
const LETTERS = Array.from('周六日东门见水火山石田土木金人口手足天地星月云雨风花草鸟鱼虫')

export const letter = (at: number): string => LETTERS[at % LETTERS.length] ?? ''

/** The lower the number, the more often it comes. */
export const wordOf = (n: number): string =>
  letter(n) + letter(7 * n + Math.floor(n / LETTERS.length))

const textOf = (seq: number): string =>
  [wordOf(seq % 5), wordOf(seq % 97), wordOf(Math.floor(seq / 13) % 700)].join(' ')

export interface Filling {
  readonly dataDir: string
  readonly crowd: Crowd
  /** Messages in each conversation. */
  readonly each: number
  readonly areRead: boolean
}

/** Messages as the server would have written them. */
export function fill({ dataDir, crowd: { userId, others }, each, areRead }: Filling): void {
  const db = new DatabaseSync(join(dataDir, 'ahoy.sqlite'))
  const message = db.prepare(
    `INSERT INTO messages (id, conversation_id, seq, sender_id, kind, body, attention, created_at)
     VALUES (?, ?, ?, ?, 'text', ?, 1, ?)`,
  )
  const term = db.prepare(
    'INSERT INTO message_terms (conversation_id, term, seq) SELECT ?, value, ? FROM json_each(?)',
  )
  const start = Date.now() - others.length * each * 1_000
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144')
  for (const [nth, { id, conversationId }] of others.entries()) {
    db.exec('BEGIN')
    for (let seq = 1; seq <= each; seq += 1) {
      const text = textOf(nth * each + seq)
      const body = JSON.stringify({ kind: 'text', text })
      const at = start + (seq * others.length + nth) * 1_000
      message.run(uuidv7(), conversationId, seq, seq % 2 === 0 ? id : userId, body, at)
      term.run(conversationId, seq, JSON.stringify(termsOf(text)))
    }
    db.prepare('UPDATE conversations SET last_seq = ?1, indexed_seq = ?1 WHERE id = ?2').run(
      each,
      conversationId,
    )
    db.prepare('UPDATE members SET read_seq = ? WHERE conversation_id = ?').run(
      areRead ? each : 0,
      conversationId,
    )
    db.exec('COMMIT')
  }
  db.close()
}
