import { shallowRef, type ShallowRef } from 'vue'
import { inOrder, orderAfter, OutboxItem } from './outbox.ts'
import { useQuotedStore } from '../bodies/quotedStore.ts'
import { useSharedRecords } from '#client/feed/index.ts'

export interface OutboxRecords {
  readonly items: Readonly<ShallowRef<readonly OutboxItem[]>>
  /** Show what is kept, together with what is not kept yet. */
  readonly load: () => Promise<void>
  /** Shown at once, behind all others; kept as soon as it can be, and the other tabs hear of it. */
  readonly append: (item: Omit<OutboxItem, 'order'>) => void
  /** The same for an item that has changed and keeps its place. */
  readonly put: (item: OutboxItem) => void
  readonly remove: (id: string) => void
  readonly clear: () => void
}

/** What waits to be sent, as this browser keeps it and its tabs share it [CH7]. */
export function useOutboxRecords(): OutboxRecords {
  const records = useSharedRecords('outbox', OutboxItem, {
    // What another tab has sent stays on screen until the feed brings it here, which may take until
    // this tab can reach the server too.
    onChanged: () => void showKept(items.value),
    onRenewed() {
      for (const item of items.value) put(item)
    },
  })
  const quoted = useQuotedStore()
  const items = shallowRef<readonly OutboxItem[]>([])
  // Being written or removed just now: what is read meanwhile is older.
  const unsaved = new Map<string, OutboxItem>()
  const gone = new Set<string>()
  /** Written before it was known what is kept: it goes behind that. Null: that is known. */
  let early: Set<string> | null = new Set()
  /** Counts the users: what is read for one is not shown to the next. */
  let life = 0

  async function showKept(besides: readonly OutboxItem[]): Promise<void> {
    const mine = life
    const kept = await records.read()
    if (mine !== life) return
    const byId = new Map([...besides, ...kept].map((item) => [item.id, item]))
    for (const id of gone) byId.delete(id)
    for (const item of unsaved.values()) byId.set(item.id, item)
    for (const { conversationId, quote } of byId.values()) {
      if (quote !== undefined) void quoted.lookUp(conversationId, [quote])
    }
    items.value = inOrder(byId.values())
    const late = items.value.filter(({ id }) => early?.has(id) === true)
    early = null
    for (const item of late) append(item)
  }

  function append(item: Omit<OutboxItem, 'order'>): void {
    early?.add(item.id)
    put({ ...item, order: orderAfter(items.value) })
  }

  function put(item: OutboxItem): void {
    unsaved.set(item.id, item)
    items.value = inOrder([...items.value.filter(({ id }) => id !== item.id), item])
    void records.replace([], item).then(() => {
      if (unsaved.get(item.id) === item) unsaved.delete(item.id)
    })
  }

  function remove(id: string): void {
    if (!items.value.some((item) => item.id === id)) return
    gone.add(id)
    unsaved.delete(id)
    items.value = items.value.filter((item) => item.id !== id)
    void records.replace([id], null)
  }

  function clear(): void {
    life += 1
    early = new Set()
    unsaved.clear()
    gone.clear()
    items.value = []
  }

  return { items, load: () => showKept([]), append, put, remove, clear }
}
