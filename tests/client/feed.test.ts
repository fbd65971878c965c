import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { FeedItem, FeedPage } from '#shared/protocol/feed.ts'
import { createFeedLoop } from '#client/feed/feedLoop.ts'
import { uuid } from '../support/client/people.ts'

const item = (pos: number): FeedItem => ({
  pos,
  entry: { kind: 'read', conversationId: uuid(102), readSeq: pos, unread: 0 },
})
const items = (...positions: number[]): FeedPage => ({
  status: 'items',
  items: positions.map(item),
  hasMore: false,
})

/** A loop, and a server that answers with what the test has laid ready. */
function createLoop(startAt: number | null, answers: (FeedPage | AppError)[] = []) {
  const applied: number[] = []
  const asked: (number | null)[] = []
  const failures: (string | null)[] = []
  let reloads = 0
  const loop = createFeedLoop({
    startAt,
    ask: (after) => {
      asked.push(after)
      const answer = answers.shift() ?? items()
      return answer instanceof AppError ? Promise.reject(answer) : Promise.resolve(answer)
    },
    reload: () => {
      reloads += 1
      return Promise.resolve()
    },
    apply: (more) => void applied.push(...more.map(({ pos }) => pos)),
    onReset: () => undefined,
    onFailure: (error) => void failures.push(error?.code ?? null),
  })
  return { loop, applied, asked, failures, reloads: () => reloads }
}

it('[CH5] begins with a pos, loads everything, and asks for what came since', async () => {
  const { loop, applied, asked, reloads } = createLoop(null, [
    { status: 'reset', pos: 7 },
    items(8),
  ])
  await loop.catchUp()
  expect([asked, reloads(), applied]).toEqual([[null, 7], 1, [8]])
})

it('[CH5] hands on what comes in order, each once, whatever the order it comes in', async () => {
  const { loop, applied } = createLoop(0, [items(1)])
  for (const pos of [2, 3, 1, 3, 1, 2, 5, 4]) loop.take(item(pos))
  await loop.catchUp()
  expect(applied).toEqual([1, 2, 3, 4, 5])
})

it('[CH5] asks for what is missing as soon as there is a gap', async () => {
  const { loop, applied, asked } = createLoop(3, [items(4, 5)])
  loop.take(item(6))
  await loop.catchUp()
  expect(asked[0]).toBe(3)
  expect(applied).toEqual([4, 5, 6])
})

it('[CH5] keeps what comes while everything is loaded again until it knows how far that goes', async () => {
  const loading = Promise.withResolvers<undefined>()
  const applied: number[] = []
  const answers: FeedPage[] = [{ status: 'reset', pos: 7 }, items(8)]
  const loop = createFeedLoop({
    startAt: 3,
    ask: () => Promise.resolve(answers.shift() ?? items()),
    reload: () => loading.promise,
    apply: (more) => void applied.push(...more.map(({ pos }) => pos)),
    onReset: () => undefined,
    onFailure: () => undefined,
  })
  const caughtUp = loop.catchUp()
  await Promise.resolve()
  loop.take(item(4))
  loading.resolve(undefined)
  await caughtUp
  expect(applied).toEqual([8])
})

it('asks nothing when nothing is missing', () => {
  const { loop, applied, asked } = createLoop(0)
  loop.take(item(1))
  loop.take(item(2))
  expect([applied, asked]).toEqual([[1, 2], []])
})

it('goes on asking while there is more', async () => {
  const { loop, applied } = createLoop(0, [
    { status: 'items', items: [item(1)], hasMore: true },
    items(2),
  ])
  await loop.catchUp()
  expect(applied).toEqual([1, 2])
})

it('keeps its pos when the server can not be asked', async () => {
  const { loop, applied, failures } = createLoop(1, [new AppError('connection/offline'), items(2)])
  await loop.catchUp()
  expect([loop.pos, failures]).toEqual([1, ['connection/offline']])
  await loop.catchUp()
  expect([applied, failures.at(-1)]).toEqual([[2], null])
})

it('hands on nothing more once it is stopped', async () => {
  const { loop, applied } = createLoop(0, [items(1)])
  const asking = loop.catchUp()
  loop.stop()
  await asking
  loop.take(item(1))
  expect(applied).toEqual([])
})
