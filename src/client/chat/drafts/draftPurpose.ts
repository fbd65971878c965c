import type { Quote } from '#shared/protocol/chat.ts'
import type { Draft, Purpose } from './draft.ts'
import { newerQuote } from '../bodies/quote.ts'

/** An edit of a message, with nothing changed yet. */
export const editOf = (id: string, text: string): Purpose => ({ kind: 'edit', id, text, was: text })

/** What the draft replies to, also while a message is being edited. */
function answeredBy({ purpose }: Draft): Quote | null {
  if (purpose === null) return null
  return (purpose.kind === 'reply' ? purpose.to : purpose.replyTo) ?? null
}

/** The changed text of an edit that was begun; '': nothing was changed. */
function begunEdit({ purpose }: Draft): string {
  return purpose?.kind === 'edit' && purpose.text !== purpose.was ? purpose.text : ''
}

/** A draft with text appended on a line of its own. */
export const appended = (draft: Draft, more: string): Draft => ({
  ...draft,
  text: [draft.text, more].filter((text) => text !== '').join('\n'),
})

/** The draft after an edit was sent or cancelled; after a cancelled reply, the text alone. */
export function withoutPurpose(draft: Draft): Draft {
  const to = draft.purpose?.kind === 'edit' ? answeredBy(draft) : null
  return { ...draft, purpose: to === null ? null : { kind: 'reply', to } }
}

/** The draft with the text of an edit that was begun appended. */
export const backToDraft = (draft: Draft): Draft =>
  draft.purpose?.kind === 'edit' ? withoutPurpose(appended(draft, begunEdit(draft))) : draft

/** A draft whose text now serves another purpose. Nothing typed before is lost. */
export function turnedTo(draft: Draft, purpose: Purpose): Draft {
  if (purpose.kind === 'reply') return { ...backToDraft(draft), purpose }
  if (draft.purpose?.kind === 'edit' && draft.purpose.id === purpose.id) return draft
  const replyTo = answeredBy(draft)
  const edit = replyTo === null ? purpose : { ...purpose, replyTo }
  return { ...backToDraft(draft), purpose: edit }
}

/** A draft with the message it replies to as it is now; the same object where nothing has changed. */
export function requoted(draft: Draft, next: Quote): Draft {
  const { purpose } = draft
  const before = answeredBy(draft)
  if (purpose === null || before === null) return draft
  const to = newerQuote(before, next)
  if (to === before) return draft
  const kept = purpose.kind === 'reply' ? { ...purpose, to } : { ...purpose, replyTo: to }
  return { ...draft, purpose: kept }
}
