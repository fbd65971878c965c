import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { Quote } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import {
  isEmpty,
  NO_DRAFT,
  requoted,
  wordsOf,
  type Draft,
  type DraftVersion,
  type Purpose,
} from './draft.ts'
import { useDraftDesks } from './useDraftDesks.ts'
import { useQuoteChanges } from './useQuoteChanges.ts'

/** What was begun and not sent, by conversation; this browser keeps it, and its tabs share it. */
export const useDraftsStore = defineStore('drafts', () => {
  const session = useSessionStore()
  const { desks, load, put, drop, hold, clear } = useDraftDesks()
  /** Where it was said last what the text is for. */
  const turned = shallowRef<{ readonly conversationId: string } | null>(null)

  const draftOf = (id: string): Draft => desks.get(id)?.draft ?? NO_DRAFT
  /** Drafts that other tabs have written beside this one. */
  const othersOf = (id: string): readonly DraftVersion[] => desks.get(id)?.others ?? []

  /** What stands in the field: the draft, or the message that is being edited. */
  function write(id: string, text: string): void {
    const draft = draftOf(id)
    const { purpose } = draft
    if (purpose?.kind === 'edit') put(id, { ...draft, purpose: { ...purpose, text } })
    else if (draft.text !== text) put(id, { ...draft, text })
  }

  /** Say what the text is for; null: it is the next message. */
  function turnTo(id: string, purpose: Purpose | null): void {
    put(id, { ...draftOf(id), purpose })
    turned.value = { conversationId: id }
  }

  /** Write something behind what is there. */
  function append(id: string, text: string): void {
    const draft = draftOf(id)
    put(id, { ...draft, text: [draft.text, text].filter((one) => one !== '').join('\n') })
  }

  /** Take over the draft of another tab, behind this one. */
  function absorb(id: string, version: DraftVersion): void {
    const mine = draftOf(id)
    const texts = [mine.text, ...wordsOf(version)].filter((one) => one !== '')
    const both = { ...mine, text: texts.join('\n') }
    const { text, purpose } = version
    put(id, isEmpty(mine) ? { text, purpose } : both, [version.id])
  }

  function discard(id: string): void {
    put(id, NO_DRAFT)
  }

  let loaded = Promise.resolve()
  watch(
    () => session.account?.id,
    (accountId) => {
      clear()
      if (accountId !== undefined) loaded = load()
    },
    { immediate: true, flush: 'sync' },
  )

  /** What is answered is shown as it is now [CH8]. */
  function requote(quote: Quote): void {
    for (const [id, { draft }] of desks) {
      const next = requoted(draft, quote)
      if (next !== draft) put(id, next)
    }
  }
  useQuoteChanges(() => loaded, requote)

  return {
    turned,
    draftOf,
    othersOf,
    write,
    turnTo,
    append,
    absorb,
    drop,
    discard,
    hold,
  }
})
