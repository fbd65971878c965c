import * as v from 'valibot'
import { AccountView } from '#shared/protocol/accounts.ts'
import { ContactList, ContactRequestView } from '#shared/protocol/contacts.ts'
import type { UserPush } from '#server/platform/bus/bus.ts'
import type { App } from '#server/app.ts'
import type { Answer, Browser } from './browser.ts'
import type { TestApp } from './testApp.ts'

/** A push with whom it went to. */
export interface Delivered {
  userId: string
  push: UserPush
}

/** Everything that is pushed from now on. */
export function recordPushes({ bus }: App): Delivered[] {
  const delivered: Delivered[] = []
  bus.onPush((userId, push) => delivered.push({ userId, push }))
  return delivered
}

export async function accountOf(tab: Browser): Promise<AccountView> {
  return v.parse(AccountView, (await tab.get('/api/session')).body)
}

/** A new account, logged in, that nobody knows. */
export async function newcomer({ browser }: TestApp, n = 0): Promise<Browser> {
  const tab = browser({ ip: `198.51.100.${n}` })
  const mobile = String(13_900_000_000 + n)
  const answer = await tab.post('/api/accounts', {
    mobile,
    password: 'correct horse battery',
    nickname: `新人${n}`,
  })
  if (answer.status !== 201) throw new Error(`No account for the newcomer: ${answer.status}`)
  return tab
}

export async function contactsOf(
  tab: Browser,
): Promise<v.InferOutput<typeof ContactList>['contacts']> {
  return v.parse(ContactList, (await tab.get('/api/contacts')).body).contacts
}

/** The private conversation with a contact. */
export async function conversationWith(tab: Browser, userId: string): Promise<string> {
  const contact = (await contactsOf(tab)).find(({ id }) => id === userId)
  if (contact === undefined) throw new Error('Not a contact')
  return contact.conversationId
}

export const parseRequestView = ({ body }: Answer): ContactRequestView =>
  v.parse(ContactRequestView, body)
