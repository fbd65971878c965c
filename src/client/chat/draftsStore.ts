import * as v from 'valibot'
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import { useLocalStore } from '#client/feed/index.ts'
import { injectAdapter, TABS } from '#client/platform/keys.ts'

const NAME = 'drafts'
const Drafts = v.array(v.object({ id: v.string(), text: v.string() }))

/** What was begun and not sent, by conversation; this browser keeps it. */
export const useDraftsStore = defineStore('drafts', () => {
  const session = useSessionStore()
  const local = useLocalStore()
  const tabs = injectAdapter(TABS)
  const drafts = shallowReactive(new Map<string, string>())
  /** Counts what is written here: what is read meanwhile is older. */
  let changes = 0

  async function load(): Promise<void> {
    const before = changes
    const database = await local.database()
    const kept = v.safeParse(Drafts, await database?.readRecords(NAME).catch(() => []))
    if (!kept.success || before !== changes) return
    const known = new Set(kept.output.map(({ id }) => id))
    for (const id of drafts.keys()) if (!known.has(id)) drafts.delete(id)
    for (const { id, text } of kept.output) drafts.set(id, text)
  }

  /** Keep a draft; an empty one is none. */
  function keep(id: string, text: string): void {
    if (text === (drafts.get(id) ?? '')) return
    changes += 1
    if (text === '') drafts.delete(id)
    else drafts.set(id, text)
    void local
      .keep((database) =>
        text === '' ? database.removeRecord(NAME, id) : database.putRecord(NAME, { id, text }),
      )
      .then(() => {
        tabs.tell(NAME)
      })
  }

  watch(
    () => session.account?.id,
    (accountId) => {
      changes += 1
      drafts.clear()
      if (accountId !== undefined) void load()
    },
    { immediate: true, flush: 'sync' },
  )
  tabs.onTold(NAME, () => {
    void load()
  })

  return { drafts, keep }
})
