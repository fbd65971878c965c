import type { MessageView } from '#shared/protocol/chat.ts'
import type {
  AccountDatabase,
  KeptRecord,
  KeptRecords,
  KeptState,
  RecordKind,
} from './AccountDatabase.ts'
import { unbroken } from './unbroken.ts'

/** `AccountDatabase` for the life of the page: where the browser keeps nothing. */
export function createMemoryDatabase(): AccountDatabase {
  let kept: KeptState | null = null
  const messages = new Map<string, MessageView>()
  const add = (more: readonly MessageView[]): void => {
    for (const one of more) {
      const key = `${one.conversationId} ${one.seq}`
      if ((messages.get(key)?.rev ?? 0) <= one.rev) messages.set(key, one)
    }
  }

  return {
    isKept: false,
    readState: () => Promise.resolve(kept),
    writeState(state, more) {
      if (kept === null || kept.pos <= state.pos) kept = structuredClone(state)
      add(more)
      return Promise.resolve()
    },
    readMessages({ conversationId, before, count }) {
      const found = [...messages.values()]
        .filter((one) => one.conversationId === conversationId && one.seq < (before ?? Infinity))
        .sort((a, b) => b.seq - a.seq)
      return Promise.resolve(unbroken(found.slice(0, count), before))
    },
    readMessagesAt: ({ conversationId, seqs }) =>
      Promise.resolve(seqs.flatMap((seq) => messages.get(`${conversationId} ${seq}`) ?? [])),
    writeMessages(more) {
      add(more)
      return Promise.resolve()
    },
    forgetUpTo(conversationId, seq) {
      for (const [key, one] of messages) {
        if (one.conversationId === conversationId && one.seq <= seq) messages.delete(key)
      }
      return Promise.resolve()
    },
    forgetMessages() {
      messages.clear()
      return Promise.resolve()
    },
    ...createMemoryRecords(),
    close: () => undefined,
  }
}

function createMemoryRecords(): KeptRecords {
  const records: Record<RecordKind, Map<string, KeptRecord>> = {
    outbox: new Map(),
    drafts: new Map(),
    recalled: new Map(),
    calls: new Map(),
    emoji: new Map(),
  }

  return {
    readRecords: (kind) =>
      Promise.resolve([...records[kind].values()].sort((a, b) => (a.id < b.id ? -1 : 1))),
    putRecord(kind, record) {
      records[kind].set(record.id, structuredClone(record))
      return Promise.resolve()
    },
    removeRecord(kind, id) {
      records[kind].delete(id)
      return Promise.resolve()
    },
    replaceRecords(kind, ids, record) {
      for (const id of ids) records[kind].delete(id)
      if (record !== null) records[kind].set(record.id, structuredClone(record))
      return Promise.resolve()
    },
  }
}
