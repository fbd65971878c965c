import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { PLAIN_SETTINGS } from '#shared/protocol/chat.ts'
import { useConversationsStore } from '#client/chat/conversations/conversationsStore.ts'
import { useRequestsStore } from '#client/contacts/index.ts'
import { usePreferencesStore } from '#client/presence/index.ts'
import { mountClient } from '../support/client/mountClient.ts'
import { contactRequest, conversation, ME, uuid } from '../support/client/people.ts'

const EVERYTHING = { showsTyping: true, showsPresence: true, showsReading: true }
const NEXT = { ...ME, id: uuid(999) }
const GROUP = conversation({ id: uuid(700), peer: null, lastSeq: 1 })
const answers = {
  'DELETE /api/session': {},
  'POST /api/session': NEXT,
  'GET /api/contact-requests': { requests: [contactRequest()] },
  'GET /api/preferences': { ...EVERYTHING, showsTyping: false },
  'GET /api/conversations': { conversations: [GROUP] },
}

const useStores = () => ({
  requests: useRequestsStore(),
  preferences: usePreferencesStore(),
  conversations: useConversationsStore(),
})
const Rooms = { setup: () => (useStores(), () => null) }

/** What somebody begins is refused when they have left. */
async function open() {
  const client = await mountClient(Rooms, { answers })
  const refused = Promise.withResolvers<never>()
  const refuse = async (begun: Promise<void>): Promise<void> => {
    refused.reject(new AppError('connection/offline'))
    await expect(begun).rejects.toThrow()
  }
  return { ...client, ...useStores(), refused: refused.promise, refuse }
}

it('an answer to a request that is taken back late does not bring the request back', async () => {
  const { http, session, requests, refused, refuse } = await open()
  http.answer(`POST /api/contact-requests/${uuid(900)}/accept`, () => refused)
  const begun = requests.answer(uuid(900), 'accept')
  await session.logOut()
  await refuse(begun)
  expect(requests.requests).toEqual([])
})

it('a preference that is taken back late is not the one of nobody', async () => {
  const { socket, session, preferences, refused, refuse } = await open()
  socket.answer('presence.prefer', () => refused)
  const begun = preferences.prefer({ showsReading: false })
  await session.logOut()
  await refuse(begun)
  expect(preferences.preferences).toEqual(EVERYTHING)
})

it('settings that are taken back late are not those of who comes next', async () => {
  const { http, socket, session, settle, conversations, refused, refuse } = await open()
  socket.answer('chat.settings', () => refused)
  const begun = conversations.change(GROUP.id, { isMuted: true })
  await session.logOut()
  const pinned = { ...GROUP, settings: { ...PLAIN_SETTINGS, isPinned: true } }
  http.answer('GET /api/conversations', { conversations: [pinned] })
  await session.logIn({ mobile: NEXT.mobile, password: '123456' })
  await settle()
  await refuse(begun)
  expect(conversations.byId.get(GROUP.id)?.settings).toEqual(pinned.settings)
})
