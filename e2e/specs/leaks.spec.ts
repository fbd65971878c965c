import { expect, testAlone as test } from '../fixtures/index.ts'
import { atMost } from '../fixtures/patience.ts'
import { expectNoCall, ring } from '../fixtures/talk.ts'
import type { Friend } from '../fixtures/users.ts'

/** Enough that everything that is kept on purpose (the reports of the last ten calls) is full. */
const WARM_UP = 12
const CALLS = 50
/** So much a page may hold more of each call, in bytes: its record in the chat, and no connection. */
const EACH = 40_000

test.use({ serverEnv: { CALLS_PER_MINUTE: '1000' } })

/** What the script of a page holds once all that nobody needs is gone, in bytes. */
async function heapOf({ page, context }: Friend): Promise<number> {
  const session = await context.newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

test('[F32] nothing is left of fifty calls: no connection, no track, no timer, no memory', async ({
  newFriends,
}) => {
  test.setTimeout(atMost(600_000).timeout)
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const people = [anran, bailu] as const

  async function play(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await ring(anran, bailu, 'audio')
      await bailu.call.answer()
      await expect(anran.call.timer).toBeVisible()
      await expect(bailu.call.timer).toBeVisible()
      await bailu.call.hangUp()
      await expectNoCall(...people)
    }
  }
  const figures = async () =>
    Promise.all(
      people.map(async ({ media }) => ({
        connections: await media.openConnections(),
        tracks: await media.liveTracks(),
        timers: await media.runningIntervals(),
      })),
    )

  await play(WARM_UP)
  await expect.poll(figures).toMatchObject([{ connections: 0 }, { connections: 0 }])
  const before = await figures()
  const heaps = new Map<Friend, number>()
  for (const person of people) heaps.set(person, await heapOf(person))
  await play(CALLS)
  await expect.poll(figures).toEqual(before)
  for (const [person, heap] of heaps) {
    const more = (await heapOf(person)) - heap
    expect(more, `${person.nickname} holds more`).toBeLessThan(CALLS * EACH)
  }
})
