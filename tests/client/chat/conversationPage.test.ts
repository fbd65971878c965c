import { expect, it, onTestFinished, vi } from 'vitest'
import { AppError } from '#shared/errors.ts'
import ConversationPage from '#client/chat/ConversationPage.vue'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import {
  BAI_LU,
  CONTACTS,
  conversation,
  ME,
  message,
  record,
  uuid,
} from '../../support/client/people.ts'
import { byRole, hasRole } from '../../support/client/roles.ts'

const ID = uuid(102)
const path = (rest: string): string => `/api/conversations/${ID}/${rest}`
const call = record({ callKind: 'video', outcome: 'cancelled', durationMs: 0 })
const messages = [message(1), message(2, { senderId: ME.id, body: call })]
const unread = conversation({ lastMessage: message(2), lastSeq: 2, unread: 1 })

const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': { conversations: [unread] },
  [`GET ${path('messages')}`]: { messages, hasMore: false },
  [`POST ${path('read')}`]: {},
}
const props = { id: ID }

/** What the server was told to have been read. */
const readsOf = ({ sent }: Client['http']): unknown[] =>
  sent.filter(({ what }) => what === `POST ${path('read')}`).map(({ body }) => body)

it('shows the messages in a log', async () => {
  await mountClient(ConversationPage, { answers, props })
  const log = byRole('log', '与白露的消息')
  expect(log.textContent).toMatch(/第1条.*已取消/s)
})

it('calls from the head of the page', async () => {
  const { dial, press } = await mountClient(ConversationPage, { answers, props })
  await press('button', '语音通话')
  await press('button', '视频通话')
  expect(dial.mock.calls).toEqual([
    [BAI_LU, 'audio'],
    [BAI_LU, 'video'],
  ])
})

it('calls again, the same way, by a press on a record', async () => {
  const { dial, press } = await mountClient(ConversationPage, { answers, props })
  await press('button', '已取消，再次呼叫')
  expect(dial.mock.calls).toEqual([[BAI_LU, 'video']])
})

it('marks what is shown as read', async () => {
  const { http } = await mountClient(ConversationPage, { answers, props })
  expect(readsOf(http)).toEqual([{ seq: 2 }])
})

it('leaves unread what comes while the tab is hidden', async () => {
  const { http, page, socket, settle } = await mountClient(ConversationPage, { answers, props })
  const reads = (): unknown[] => readsOf(http)
  page.show(false)
  socket.happen({ kind: 'message', message: message(3), peer: BAI_LU })
  await settle()
  expect(reads()).toHaveLength(1)
  page.show(true)
  await expect.poll(reads).toHaveLength(2)
})

it('[L10] tells what is read at once, and then no more often than need be', async () => {
  const { http, page, socket, settle } = await mountClient(ConversationPage, { answers, props })
  const reads = (): unknown[] => readsOf(http)
  for (const seq of [3, 4, 5, 6]) {
    socket.happen({ kind: 'message', message: message(seq), peer: BAI_LU })
    await settle()
  }
  expect(reads()).toEqual([{ seq: 2 }])
  await expect.poll(reads).toEqual([{ seq: 2 }, { seq: 6 }])

  socket.happen({ kind: 'message', message: message(7), peer: BAI_LU })
  await settle()
  page.show(false)
  // Who leaves may not come back.
  expect(reads()).toEqual([{ seq: 2 }, { seq: 6 }, { seq: 7 }])
})

it('[CH9] tells also what is read while the server is slow to hear of what was read before', async () => {
  const slow = Promise.withResolvers<object>()
  const { http, socket, settle } = await mountClient(ConversationPage, {
    answers: { ...answers, [`POST ${path('read')}`]: () => slow.promise },
    props,
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  onTestFinished(() => void vi.useRealTimers())
  socket.happen({ kind: 'message', message: message(3), peer: BAI_LU })
  await settle()
  // Far longer than what is read is gathered.
  await vi.advanceTimersByTimeAsync(5_000)
  expect(readsOf(http)).toEqual([{ seq: 2 }])
  slow.resolve({})
  await settle()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(readsOf(http)).toEqual([{ seq: 2 }, { seq: 3 }])
})

it('shows a message once, however often it is pushed', async () => {
  const { socket, settle, text } = await mountClient(ConversationPage, { answers, props })
  const entry = { kind: 'message', message: message(3), peer: BAI_LU } as const
  socket.happen(entry)
  socket.happen(entry)
  socket.push('feed.item', { pos: 1, entry })
  await settle()
  expect(text().match(/第3条/g)).toHaveLength(1)
})

it('[CH8] shows a message as it is now, also where its page was read before it changed', async () => {
  const { http, press, socket, text } = await mountClient(ConversationPage, {
    answers: { ...answers, [`GET ${path('messages')}`]: { messages: [message(3)], hasMore: true } },
    props,
  })
  const recalled = message(1, { rev: 1, body: { kind: 'recalled', byId: BAI_LU.id } })
  http.answer(`GET ${path('messages?before=3')}`, () => {
    socket.happen({ kind: 'changed', message: recalled })
    return { messages, hasMore: false }
  })
  await press('button', '加载更早的消息')
  await expect.poll(text).toContain('“白露”撤回了一条消息')
  expect(text()).not.toContain('第1条')
})

it('fetches what it has missed when a message leaves a hole', async () => {
  const { http, socket, settle, text } = await mountClient(ConversationPage, { answers, props })
  http.answer(`GET ${path('messages')}`, {
    messages: [message(3), message(4)],
    hasMore: true,
  })
  socket.happen({ kind: 'message', message: message(4), peer: BAI_LU })
  await settle()
  expect(text()).toMatch(/第1条.*第3条.*第4条/)
})

it('fetches earlier messages on a press', async () => {
  const { http, press, text } = await mountClient(ConversationPage, {
    answers: { ...answers, [`GET ${path('messages')}`]: { messages: [message(3)], hasMore: true } },
    props,
  })
  http.answer(`GET ${path('messages?before=3')}`, { messages, hasMore: false })
  await press('button', '加载更早的消息')
  await expect.poll(text).toMatch(/第1条.*第3条/)
  expect(hasRole('button', '加载更早的消息')).toBe(false)
})

it('opens with a contact before the first message', async () => {
  const { text } = await mountClient(ConversationPage, {
    answers: {
      ...answers,
      'GET /api/conversations': { conversations: [] },
      [`GET ${path('messages')}`]: { messages: [], hasMore: false },
    },
    props,
  })
  expect(text()).toContain('白露')
  expect(text()).toContain('还没有消息给白露发条消息，或打个电话吧')
})

it('says so when there is no such conversation', async () => {
  const { text } = await mountClient(ConversationPage, { answers, props: { id: uuid(777) } })
  expect(text()).toContain('会话不存在')
  expect(hasRole('button', '语音通话')).toBe(false)
})

it('offers another try when the messages can not be fetched', async () => {
  const { http, press, text } = await mountClient(ConversationPage, {
    answers: { ...answers, [`GET ${path('messages')}`]: new AppError('request/server') },
    props,
  })
  expect(text()).toContain('服务器出了问题')
  http.answer(`GET ${path('messages')}`, { messages, hasMore: false })
  await press('button', '重试')
  expect(hasRole('log', '与白露的消息')).toBe(true)
})

it('[CH7] can be written in when its messages can not be fetched, and fetches them when online', async () => {
  const { http, socket, settle, text } = await mountClient(ConversationPage, {
    answers: { ...answers, [`GET ${path('messages')}`]: new AppError('connection/offline') },
    props,
  })
  expect(hasRole('textbox', '给白露发消息')).toBe(true)
  expect(hasRole('button', '重试')).toBe(true)
  socket.become('connecting')
  await settle()
  http.answer(`GET ${path('messages')}`, { messages, hasMore: false })
  socket.become('online')
  await settle()
  expect(text()).toContain('第1条')
  expect(hasRole('button', '重试')).toBe(false)
})

it('[CH7] fetches them when something comes over a socket that never noticed a thing', async () => {
  const { http, socket, settle, text } = await mountClient(ConversationPage, {
    answers: { ...answers, [`GET ${path('messages')}`]: new AppError('connection/offline') },
    props,
  })
  http.answer(`GET ${path('messages')}`, { messages: [...messages, message(3)], hasMore: false })
  socket.happen({ kind: 'message', message: message(3), peer: BAI_LU })
  await settle()
  expect(text()).toContain('第3条')
})

it('[CH5] shows a message that comes while the page is on its way, which was read before it was there', async () => {
  const pages = Promise.withResolvers<unknown>()
  const late = {
    ...answers,
    'GET /api/conversations': { conversations: [] },
    [`GET ${path('messages')}`]: () => pages.promise,
  }
  const { http, socket, settle, text } = await mountClient(ConversationPage, {
    answers: late,
    props,
  })
  socket.happen({ kind: 'message', message: message(1), peer: BAI_LU })
  await settle()
  http.answer(`GET ${path('messages')}`, { messages: [message(1)], hasMore: false })
  pages.resolve({ messages: [], hasMore: false })
  await expect.poll(text).toContain('第1条')
})
