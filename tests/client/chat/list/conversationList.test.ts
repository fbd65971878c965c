import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { useOutboxStore } from '#client/chat/outbox/outboxStore.ts'
import ConversationListPane from '#client/chat/list/ConversationListPane.vue'
import { mountClient } from '../../../support/client/mountClient.ts'
import { BAI_LU, conversation, message, record, uuid } from '../../../support/client/people.ts'
import { allByRole, nameOf } from '../../../support/client/roles.ts'

const NOW = Date.now()
const missed = record({ callKind: 'video', outcome: 'unanswered', durationMs: 0 })
const unread = conversation({
  lastMessage: message(1, { body: missed, createdAt: NOW }),
  lastSeq: 1,
  unread: 1,
})
const read = conversation({
  id: uuid(103),
  peer: { id: uuid(3), nickname: '陈晨' },
  lastMessage: message(1, { conversationId: uuid(103), createdAt: NOW - 1 }),
  lastSeq: 1,
  readSeq: 1,
})
const answers = { 'GET /api/conversations': { conversations: [read, unread] } }
const rows = (): string[] =>
  allByRole('link')
    .map(nameOf)
    .filter((name) => !['搜索', '发起群聊'].includes(name))

it('lists the newest first, with preview and unread count', async () => {
  await mountClient(ConversationListPane, { answers })
  expect(rows()).toHaveLength(2)
  expect(rows()[0]).toMatch(/^1 条未读\s*白露 .*\[视频通话\] 未接来电$/)
  expect(rows()[1]).toMatch(/^陈晨 .*第1条$/)
})

it('moves a conversation up when a message comes', async () => {
  const { socket, settle } = await mountClient(ConversationListPane, { answers })
  const next = message(2, { conversationId: uuid(103), createdAt: Date.now() + 1 })
  socket.happen({ kind: 'message', message: next, peer: read.peer })
  await settle()
  expect(rows()[0]).toContain('陈晨')
  expect(rows()[0]).toContain('1 条未读')
})

it('drops the badge when another tab has read', async () => {
  const { socket, settle } = await mountClient(ConversationListPane, { answers })
  socket.happen({ kind: 'read', conversationId: unread.id, readSeq: 1, unread: 0 })
  await settle()
  expect(rows()[0]).not.toContain('条未读')
})

it('tells a user without messages what to do', async () => {
  const { text } = await mountClient(ConversationListPane, {
    answers: { 'GET /api/conversations': { conversations: [] } },
  })
  expect(text()).toContain('从通讯录选一位朋友')
})

it('shows what was written here and waits to be sent', async () => {
  const { socket, settle } = await mountClient(ConversationListPane, { answers })
  socket.become('offline')
  useOutboxStore().send(read.id, { text: '晚上\n见' })
  await settle()
  expect(rows()[1]).toMatch(/^陈晨 .*\[待发送\] 晚上 见$/)
})

describe('what comes quickly', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('and waits to be shown when somebody leaves, is not shown to who comes next', async () => {
    const { http, session, socket, settle } = await mountClient(ConversationListPane, {
      answers: { ...answers, 'DELETE /api/session': {} },
    })
    for (let seq = 2; seq <= 14; seq += 1) {
      const next = message(seq, { conversationId: uuid(103) })
      socket.happen({ kind: 'message', message: next, peer: read.peer })
    }
    await session.logOut()
    http.answer('GET /api/conversations', { conversations: [] })
    http.answer('POST /api/session', { ...BAI_LU, mobile: '13006789002' })
    // Their feed goes on right where the entries of the other one would.
    socket.resetAt(null, 10)
    await session.logIn({ mobile: '13006789002', password: '123456' })
    await settle()
    vi.advanceTimersByTime(1_000)
    await settle()
    expect(session.account?.id).toBe(BAI_LU.id)
    // The way out of an empty list.
    expect(rows()).toEqual(['打开通讯录'])
  })
})

describe('where HTTP gets through and the live connection does not', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('shows what HTTP gives, and looks again now and then', async () => {
    const away = { 'GET /api/conversations': new AppError('connection/offline') }
    const { http, socket, settle } = await mountClient(ConversationListPane, { answers: away })
    socket.become('connecting')
    await settle()
    expect(rows()).toEqual([])
    http.answer('GET /api/conversations', { conversations: [read] })
    vi.advanceTimersByTime(3_000)
    await settle()
    await settle()
    expect(rows()).toHaveLength(1)
    http.answer('GET /api/conversations', { conversations: [read, unread] })
    vi.advanceTimersByTime(30_000)
    await settle()
    expect(rows()).toHaveLength(2)
  })
})
