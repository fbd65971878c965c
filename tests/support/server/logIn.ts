import * as v from 'valibot'
import { AccountView } from '#shared/protocol/accounts.ts'
import { ContactList, type ContactView } from '#shared/protocol/contacts.ts'
import { noteOwner } from './cookieOwners.ts'

export interface LoggedIn {
  readonly cookie: string
  readonly userId: string
  /** That with the first of their contacts. */
  readonly conversationId: string
}

/** Log the first demo account in to a server that is a process of its own. */
export async function logIn(origin: string): Promise<LoggedIn> {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ mobile: '13006789001', password: '123456' }),
  })
  const { id: userId } = v.parse(AccountView, await answer.json())
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  noteOwner(cookie, userId)
  const list = await fetch(`${origin}/api/contacts`, { headers: { cookie } })
  const [contact]: ContactView[] = v.parse(ContactList, await list.json()).contacts
  if (contact === undefined) throw new Error('nobody to write to')
  return { cookie, userId, conversationId: contact.conversationId }
}
