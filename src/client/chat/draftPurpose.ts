import type { Quote } from '#shared/protocol/chat.ts'
import type { Draft, Purpose } from './draft.ts'
import { newerQuote } from './quote.ts'

/** A message is to say something else; so far it says the same. */
export const editOf = (id: string, text: string): Purpose => ({ kind: 'edit', id, text, was: text })

/** What the next message answers, also while another one is being edited. */
function answeredBy({ purpose }: Draft): Quote | null {
  if (purpose === null) return null
  return (purpose.kind === 'reply' ? purpose.to : purpose.replyTo) ?? null
}

/** What has been changed in an edit so far; '': nothing. */
function begunEdit({ purpose }: Draft): string {
  return purpose?.kind === 'edit' && purpose.text !== purpose.was ? purpose.text : ''
}

/** A draft with more text behind what is there. */
export const appended = (draft: Draft, more: string): Draft => ({
  ...draft,
  text: [draft.text, more].filter((text) => text !== '').join('\n'),
})

/** The draft again after an edit was sent or called off; of an answer, the text alone. */
export function withoutPurpose(draft: Draft): Draft {
  const to = draft.purpose?.kind === 'edit' ? answeredBy(draft) : null
  return { ...draft, purpose: to === null ? null : { kind: 'reply', to } }
}

/** The draft again, with what has been changed in an edit so far behind it. */
export const backToDraft = (draft: Draft): Draft =>
  draft.purpose?.kind === 'edit' ? withoutPurpose(appended(draft, begunEdit(draft))) : draft

/** The text is for something else from now on; nothing that was typed before is lost. */
export function turnedTo(draft: Draft, purpose: Purpose): Draft {
  if (purpose.kind === 'reply') return { ...backToDraft(draft), purpose }
  if (draft.purpose?.kind === 'edit' && draft.purpose.id === purpose.id) return draft
  const replyTo = answeredBy(draft)
  const edit = replyTo === null ? purpose : { ...purpose, replyTo }
  return { ...backToDraft(draft), purpose: edit }
}

/** What is answered is shown as it is now; the same object where nothing has changed. */
export function requoted(draft: Draft, next: Quote): Draft {
  const { purpose } = draft
  const before = answeredBy(draft)
  if (purpose === null || before === null) return draft
  const to = newerQuote(before, next)
  if (to === before) return draft
  const kept = purpose.kind === 'reply' ? { ...purpose, to } : { ...purpose, replyTo: to }
  return { ...draft, purpose: kept }
}
