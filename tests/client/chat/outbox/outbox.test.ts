import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { inOrder, nextOf, orderAfter, type OutboxItem } from '#client/chat/outbox/outbox.ts'
import { createOutboxPump } from '#client/chat/outbox/outboxPump.ts'
import { message, uuid } from '../../../support/client/people.ts'

const item = (n: number, part: Partial<OutboxItem> = {}): OutboxItem => ({
  id: uuid(n),
  conversationId: uuid(102),
  text: `第${String(n)}条`,
  order: n,
  createdAt: n,
  failure: null,
  ...part,
})

it('[CH7] sends the oldest first, and not what was refused', () => {
  const refused = item(1, { failure: 'request/not-found' })
  expect(nextOf([refused, item(2), item(3)])?.id).toBe(uuid(2))
  expect(nextOf([refused])).toBeUndefined()
})

it('[CH7] keeps the order in which they were written, whatever the clock says', () => {
  const again = item(1, { order: 9 })
  const setBack = item(4, { createdAt: -4 })
  expect(inOrder([item(3), again, setBack, item(2)])).toEqual([item(2), item(3), setBack, again])
})

it('[CH7] keeps the order of what an earlier version has kept, before all others', () => {
  const old = [item(8, { order: 0 }), item(9, { order: 0 })]
  expect(inOrder([item(1), ...old.toReversed()])).toEqual([...old, item(1)])
  expect(orderAfter([...old, item(1), item(5)])).toBe(6)
  expect(orderAfter([])).toBe(1)
})

/** A pump over a list, and a server that answers when the test says so. */
function createDesk(count: number) {
  let items = Array.from({ length: count }, (_, n) => item(n + 1))
  const asked: { text: string; answer: (error?: AppError) => void }[] = []
  const timers: { ms: number; run: () => void }[] = []
  const refused: string[] = []
  const drop = (id: string): void => {
    items = items.filter((one) => one.id !== id)
  }
  const pump = createOutboxPump({
    next: () => items[0],
    send: ({ id, text }) =>
      new Promise<MessageView>((resolve, reject) => {
        const answer = (error?: AppError): void => {
          if (error === undefined) resolve(message(1, { id }))
          else reject(error)
        }
        asked.push({ text, answer })
      }),
    onSent: (_, { id }) => {
      drop(id)
    },
    onRefused: ({ id }, code) => {
      refused.push(code)
      drop(id)
    },
    after: (ms, run) => {
      timers.push({ ms, run })
      return () => void timers.splice(0)
    },
  })
  const answer = async (error?: AppError): Promise<void> => {
    asked.at(-1)?.answer(error)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { pump, asked: () => asked.map(({ text }) => text), answer, timers, refused }
}

it('[CH7] sends one after the other, in the order in which they were written', async () => {
  const { pump, asked, answer } = createDesk(3)
  pump.wake()
  pump.wake()
  expect(asked()).toEqual(['第1条'])
  await answer()
  await answer()
  await answer()
  expect(asked()).toEqual(['第1条', '第2条', '第3条'])
})

it('says again what timed out: nobody knows whether it was heard', async () => {
  const { pump, asked, answer } = createDesk(2)
  pump.wake()
  await answer(new AppError('request/timed-out'))
  expect(asked()).toEqual(['第1条', '第1条'])
})

it('[CH7] keeps what could not leave until it is woken', async () => {
  const { pump, asked, answer } = createDesk(2)
  pump.wake()
  await answer(new AppError('connection/offline'))
  expect(asked()).toEqual(['第1条'])
  pump.wake()
  expect(asked()).toEqual(['第1条', '第1条'])
})

it('waits as long as the server asks it to, and loses nothing', async () => {
  const { pump, asked, answer, timers } = createDesk(2)
  pump.wake()
  await answer(new AppError('request/rate-limited', { retryAfterMs: 700 }))
  pump.wake()
  expect(asked()).toEqual(['第1条'])
  expect(timers.map(({ ms }) => ms)).toEqual([700])
  timers[0]?.run()
  expect(asked()).toEqual(['第1条', '第1条'])
})

it('[CH6] goes on after one that was refused', async () => {
  const { pump, asked, answer, refused } = createDesk(2)
  pump.wake()
  await answer(new AppError('request/not-found'))
  expect(refused).toEqual(['request/not-found'])
  expect(asked()).toEqual(['第1条', '第2条'])
})

it('sends nothing any more for who has left', async () => {
  const { pump, asked, answer } = createDesk(2)
  pump.wake()
  pump.stop()
  await answer()
  pump.wake()
  expect(asked()).toEqual(['第1条'])
})
