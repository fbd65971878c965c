import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { Quote } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { isEmpty, NO_DRAFT, wordsOf, type Draft, type DraftVersion, type Purpose } from './draft.ts'
import { appended, backToDraft, requoted, turnedTo, withoutPurpose } from './draftPurpose.ts'
import { useDraftDesks } from './useDraftDesks.ts'
import { useQuoteChanges } from '../bodies/useQuoteChanges.ts'

/** What was begun and not sent, by conversation; this browser keeps it, and its tabs share it. */
export const useDraftsStore = defineStore('drafts', () => {
  const session = useSessionStore()
  const { desks, load, put, drop, hold, clear } = useDraftDesks()
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

  return { draftOf, othersOf, write, absorb, drop, discard, hold, ...usePurposes(draftOf, put) }
})

/** What the text in the field is for. */
function usePurposes(draftOf: (id: string) => Draft, put: (id: string, draft: Draft) => void) {
  /** The conversation whose field was last filled by an action. */
  const turned = shallowRef<{ readonly conversationId: string } | null>(null)

  function turn(id: string, draft: Draft): void {
    put(id, draft)
    turned.value = { conversationId: id }
  }

  /** Say what the text is for. */
  const turnTo = (id: string, purpose: Purpose): void => {
    turn(id, turnedTo(draftOf(id), purpose))
  }

  /** The edit or reply is done, or cancelled. */
  const leavePurpose = (id: string): void => {
    put(id, withoutPurpose(draftOf(id)))
  }

  /** Append to the draft, also while the field shows an edit. */
  const append = (id: string, text: string): void => {
    put(id, appended(draftOf(id), text))
  }

  /** Append to the draft and show it in the field. */
  const insert = (id: string, text: string): void => {
    turn(id, appended(backToDraft(draftOf(id)), text))
  }

  return { turned, turnTo, leavePurpose, append, insert }
}
