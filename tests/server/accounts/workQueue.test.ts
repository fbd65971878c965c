import { expect, it } from 'vitest'
import { createWorkQueue } from '#server/accounts/workQueue.ts'

interface Work {
  resolve: () => void
  reject: (reason: Error) => void
}

it('runs no more than it may at once, in order, and goes on after a failure', async () => {
  const run = createWorkQueue({ maxRunning: 2, maxWaiting: 10 })
  const started: Work[] = []
  const begin = () =>
    run(() => new Promise<void>((resolve, reject) => started.push({ resolve, reject })))
  const settled = Promise.allSettled([begin(), begin(), begin(), begin()])
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  await turn()
  expect(started).toHaveLength(2)
  started[1]?.reject(new Error('on purpose'))
  await turn()
  expect(started).toHaveLength(3)
  started[0]?.resolve()
  await turn()
  expect(started).toHaveLength(4)
  started[2]?.resolve()
  started[3]?.resolve()
  const ends = (await settled).map(({ status }) => status)
  expect(ends).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})
