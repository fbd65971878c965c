import { expect, it, onTestFinished, vi } from 'vitest'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useCoverStore } from '#client/layout/index.ts'
import { mountClient, type Client } from '../../../support/client/mountClient.ts'
import { BAI_LU, conversation, message } from '../../../support/client/people.ts'
import { answers, path, props } from '../conversationAnswers.ts'

/** What the server was told to have been read. */
const readsOf = ({ sent }: Client['http']): unknown[] =>
  sent.filter(({ what }) => what === `POST ${path('read')}`).map(({ body }) => body)

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

it('[CH9] leaves unread what comes while the window has no focus', async () => {
  const { http, page, socket, settle } = await mountClient(ConversationPage, { answers, props })
  page.focus(false)
  socket.happen({ kind: 'message', message: message(3), peer: BAI_LU })
  await settle()
  expect(readsOf(http)).toEqual([{ seq: 2 }])
  page.focus(true)
  await expect.poll(() => readsOf(http)).toEqual([{ seq: 2 }, { seq: 3 }])
})

it('[CH9] leaves unread what comes while a call lies over the page', async () => {
  const { http, socket, settle } = await mountClient(ConversationPage, { answers, props })
  useCoverStore().isCovered = true
  socket.happen({ kind: 'message', message: message(3), peer: BAI_LU })
  await settle()
  expect(readsOf(http)).toEqual([{ seq: 2 }])
  useCoverStore().isCovered = false
  await expect.poll(() => readsOf(http)).toEqual([{ seq: 2 }, { seq: 3 }])
})

it('[CH9] reads no further than what is in sight', async () => {
  // A line is 40 px high and the log 800.
  const many = Array.from({ length: 30 }, (_, index) => message(index + 1))
  const { http, settle } = await mountClient(ConversationPage, {
    answers: {
      ...answers,
      'GET /api/conversations': {
        conversations: [conversation({ lastMessage: message(30), lastSeq: 30, unread: 30 })],
      },
      [`GET ${path('messages')}`]: { messages: many, hasMore: false },
    },
    props,
  })
  await settle()
  await expect.poll(() => readsOf(http).length).toBeGreaterThan(0)
  for (const read of readsOf(http)) expect((read as { seq: number }).seq).toBeLessThan(30)
})

it('[L10] tells what is read at once, and then no more often than need be', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { http, page, socket, settle } = await mountClient(ConversationPage, { answers, props })
  const reads = (): unknown[] => readsOf(http)
  for (const seq of [3, 4, 5, 6]) {
    socket.happen({ kind: 'message', message: message(seq), peer: BAI_LU })
    await settle()
  }
  expect(reads()).toEqual([{ seq: 2 }])
  await vi.advanceTimersByTimeAsync(300)
  expect(reads()).toEqual([{ seq: 2 }, { seq: 6 }])

  socket.happen({ kind: 'message', message: message(7), peer: BAI_LU })
  await settle()
  page.show(false)
  // Who leaves may not come back.
  expect(reads()).toEqual([{ seq: 2 }, { seq: 6 }, { seq: 7 }])
})

it('[CH9] tells also what is read while the server is slow to hear of what was read before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const slow = Promise.withResolvers<object>()
  const { http, socket, settle } = await mountClient(ConversationPage, {
    answers: { ...answers, [`POST ${path('read')}`]: () => slow.promise },
    props,
  })
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
