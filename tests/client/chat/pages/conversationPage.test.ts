import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '#shared/errors.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { mountClient } from '../../../support/client/mountClient.ts'
import { BAI_LU, message, uuid } from '../../../support/client/people.ts'
import { allByRole, byRole, hasRole, nameOf } from '../../../support/client/roles.ts'
import { answers, messages, path, props } from '../conversationAnswers.ts'

it('shows the messages in a log', async () => {
  await mountClient(ConversationPage, { answers, props })
  const log = byRole('log', '与白露的消息')
  expect(log.textContent).toMatch(/第1条.*已取消/s)
})

describe('the focus after the menu of a message', () => {
  const mores = () => allByRole('button').filter((one) => nameOf(one) === '更多操作')
  const two = [message(1), message(2)]

  async function openMenu() {
    const client = await mountClient(ConversationPage, {
      answers: { ...answers, [`GET ${path('messages')}`]: { messages: two, hasMore: false } },
      props,
    })
    const [, second] = mores()
    second?.focus()
    second?.click()
    await client.settle()
    return { ...client, second }
  }

  it('is where it was', async () => {
    const { press, second } = await openMenu()
    await press('menuitem', '复制')
    await expect.poll(() => document.activeElement).toBe(second)
  })

  it('is at the nearest message where its own is deleted', async () => {
    const { press, settle, socket } = await openMenu()
    socket.answer('chat.delete', () => {
      socket.happen({
        kind: 'changed',
        message: message(2, { rev: 1, body: { kind: 'deleted' } }),
      })
      return {}
    })
    await press('menuitem', '删除')
    await settle()
    await expect.poll(() => mores().length).toBe(1)
    await expect.poll(() => document.activeElement).toBe(mores()[0])
  })

  it('is where one writes after a reply was begun', async () => {
    const { press } = await openMenu()
    await press('menuitem', '引用')
    await expect.poll(() => nameOf(document.activeElement as HTMLElement)).toBe('给白露发消息')
  })
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

it('[CH10] fetches what is older until the log is full', async () => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 800 })
  onTestFinished(() => void Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight'))
  const { text } = await mountClient(ConversationPage, {
    answers: {
      ...answers,
      [`GET ${path('messages')}`]: { messages: [message(3)], hasMore: true },
      [`GET ${path('messages?before=3')}`]: { messages: [message(2)], hasMore: true },
      [`GET ${path('messages?before=2')}`]: { messages: [message(1)], hasMore: false },
    },
    props,
  })
  await expect.poll(text).toContain('第1条')
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
