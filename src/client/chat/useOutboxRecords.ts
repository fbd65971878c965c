import * as v from 'valibot'
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useLocalStore } from '#client/feed/index.ts'
import { injectAdapter, TABS } from '#client/platform/keys.ts'
import { inOrder, OutboxItem } from './outbox.ts'

export interface OutboxRecords {
  readonly items: Readonly<ShallowRef<readonly OutboxItem[]>>
  /** Show what was kept, together with what is not kept yet. */
  readonly load: () => Promise<void>
  /** Shown at once; kept as soon as it can be, and the other tabs hear of it. */
  readonly put: (item: OutboxItem) => Promise<void>
  readonly remove: (id: string) => void
  readonly clear: () => void
}

const NAME = 'outbox'
const Items = v.array(OutboxItem)

/** What waits to be sent, as this browser keeps it and its tabs share it [CH7]. */
export function useOutboxRecords(): OutboxRecords {
  const local = useLocalStore()
  const tabs = injectAdapter(TABS)
  const items = shallowRef<readonly OutboxItem[]>([])
  // Being written or removed just now: what is read meanwhile is older.
  const unsaved = new Map<string, OutboxItem>()
  const gone = new Set<string>()

  function show(next: Iterable<OutboxItem>): void {
    items.value = inOrder(next)
  }

  async function load(): Promise<void> {
    const database = await local.database()
    const kept = v.safeParse(Items, (await database?.readRecords(NAME).catch(() => [])) ?? [])
    const byId = new Map((kept.success ? kept.output : []).map((item) => [item.id, item]))
    for (const id of gone) byId.delete(id)
    for (const item of unsaved.values()) byId.set(item.id, item)
    show(byId.values())
  }

  async function put(item: OutboxItem): Promise<void> {
    unsaved.set(item.id, item)
    show([...items.value.filter(({ id }) => id !== item.id), item])
    await local.keep((database) => database.putRecord(NAME, item))
    if (unsaved.get(item.id) === item) unsaved.delete(item.id)
    tabs.tell(NAME)
  }

  function remove(id: string): void {
    if (!items.value.some((item) => item.id === id)) return
    gone.add(id)
    unsaved.delete(id)
    show(items.value.filter((item) => item.id !== id))
    void local
      .keep((database) => database.removeRecord(NAME, id))
      .then(() => {
        tabs.tell(NAME)
      })
  }

  onScopeDispose(
    tabs.onTold(NAME, () => {
      void load()
    }),
  )

  return {
    items,
    load,
    put,
    remove,
    clear() {
      unsaved.clear()
      gone.clear()
      items.value = []
    },
  }
}
