import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import { FeedEntry } from '#shared/protocol/feed.ts'
import { openRawSocket, type RawFrame, type RawSocket } from '../socket/rawSocket.ts'
import type { Browser } from './browser.ts'
import { accountOf, conversationWith } from './friends.ts'
import { listen } from './listen.ts'
import { createTestApp, type TestApp } from './testApp.ts'

/** Somebody of a crowd, logged in, with a tab. */
export interface Somebody {
  readonly id: string
  readonly tab: Browser
  readonly socket: RawSocket
}

/** A feed as it is on disk; of a message its place, of anything else all of it. */
export interface Written {
  readonly pos: number
  readonly entry: { readonly kind: string }
  /** Of the message of the entry. */
  readonly message: { readonly id: string; readonly seq: number; readonly senderId: string } | null
}

export interface Crowd {
  readonly test: TestApp
  readonly people: readonly Somebody[]
  /** The n-th, from 1. */
  readonly one: (n: number) => Somebody
  readonly say: (who: Somebody, conversationId: string, text?: string) => Promise<RawFrame>
  readonly between: (who: Somebody, other: Somebody) => Promise<string>
  /** Somebody makes a group with others. @returns its id */
  readonly createGroup: (owner: Somebody, others: readonly Somebody[]) => Promise<string>
  readonly feedOf: (who: Somebody) => Written[]
  readonly seqsOf: (conversationId: string) => unknown[]
}

/** So many who are all contacts of one another. Whatever they say is not too much. */
export async function createCrowd(count: number): Promise<Crowd> {
  const test = await createTestApp({ env: { MESSAGES_PER_10_SECONDS: '1000000' } })
  const origin = await listen(test)
  const come = async (n: number): Promise<Somebody> => {
    const tab = await test.demo(n)
    const socket = await openRawSocket({ origin, cookie: tab.cookie })
    await socket.hello()
    return { tab, socket, id: (await accountOf(tab)).id }
  }
  const people = await Promise.all(Array.from({ length: count }, (_, at) => come(at + 1)))
  return {
    test,
    people,
    one(n) {
      const found = people[n - 1]
      if (found === undefined) throw new Error('so many have not come')
      return found
    },
    say: ({ socket }, conversationId, text = '你好') =>
      socket.ask('chat.send', { id: uuidv7(), conversationId, text }),
    between: ({ tab }, other) => conversationWith(tab, other.id),
    async createGroup({ socket }, others) {
      const id = uuidv7()
      const made = await socket.ask('group.create', {
        id,
        name: '',
        userIds: others.map((one) => one.id),
      })
      if (made.ok !== true) throw new Error('there is no group')
      return id
    },
    feedOf: ({ id }) => feedIn(test, id),
    seqsOf: (id) =>
      test
        .rows(`SELECT seq FROM messages WHERE conversation_id = '${id}' ORDER BY seq`)
        .map(({ seq }) => seq),
  }
}

const Stored = v.looseObject({ kind: v.string() })

function feedIn(test: TestApp, userId: string): Written[] {
  const rows = test.rows(`SELECT feed.pos, feed.entry, messages.id, messages.seq, messages.sender_id
    FROM feed LEFT JOIN messages ON messages.id = feed.message_id
    WHERE feed.user_id = '${userId}' ORDER BY feed.pos`)
  return rows.map((row) => ({
    pos: Number(row['pos']),
    entry: v.parse(Stored, JSON.parse(String(row['entry']))),
    message:
      row['id'] === null
        ? null
        : { id: String(row['id']), seq: Number(row['seq']), senderId: String(row['sender_id']) },
  }))
}

/** Entries of one kind, as the protocol has them; of those that hold no message. */
export const entriesOf = <K extends 'read' | 'receipt' | 'settings' | 'contact' | 'preferences'>(
  feed: readonly Written[],
  kind: K,
): (Extract<FeedEntry, { kind: K }> & { pos: number })[] =>
  feed.flatMap(({ pos, entry }) => {
    const parsed = v.safeParse(FeedEntry, entry)
    return parsed.success && parsed.output.kind === kind
      ? [{ ...(parsed.output as Extract<FeedEntry, { kind: K }>), pos }]
      : []
  })

/** 1, 2, 3 … */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)

/** What was refused, by its code. */
export const refusals = (answers: readonly RawFrame[]): string[] =>
  answers.flatMap(({ error }) => error?.code ?? [])
