import * as v from 'valibot'
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useLocalStore } from '#client/feed/index.ts'
import { injectAdapter, TABS } from '#client/platform/keys.ts'
import { inOrder, OutboxItem } from './outbox.ts'

export interface OutboxRecords {
  readonly items: Readonly<ShallowRef<readonly OutboxItem[]>>
  /** Show what is kept, together with what is not kept yet. */
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
  /** Counts the users: what is read for one is not shown to the next. */
  let life = 0

  function show(next: Iterable<OutboxItem>): void {
    items.value = inOrder(next)
  }

  const load = (): Promise<void> => showKept([])

  async function showKept(besides: readonly OutboxItem[]): Promise<void> {
    const mine = life
    const database = await local.database()
    const kept = v.safeParse(Items, (await database?.readRecords(NAME).catch(() => [])) ?? [])
    if (mine !== life) return
    const all = [...besides, ...(kept.success ? kept.output : [])]
    const byId = new Map(all.map((item) => [item.id, item]))
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
      // What another tab has sent stays on screen until the feed brings it here, which may take until
      // this tab can reach the server too.
      void showKept(items.value)
    }),
  )

  return {
    items,
    load,
    put,
    remove,
    clear() {
      life += 1
      unsaved.clear()
      gone.clear()
      items.value = []
    },
  }
}
