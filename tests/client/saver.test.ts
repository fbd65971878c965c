import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { MessageView } from '#shared/protocol/chat.ts'
import { createSaver } from '#client/feed/saver.ts'
import { message } from '../support/client/people.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function aSaver() {
  const written: { pos: number; seqs: number[] }[] = []
  const saver = createSaver((pos, messages: readonly MessageView[]) => {
    written.push({ pos, seqs: messages.map(({ seq }) => seq) })
    return Promise.resolve()
  })
  return { written, saver }
}

it('keeps what comes at once, and what comes right after it together', async () => {
  const { written, saver } = aSaver()
  saver.save(1, [message(1)])
  await vi.advanceTimersByTimeAsync(0)
  expect(written).toEqual([{ pos: 1, seqs: [1] }])
  saver.save(2, [message(2)])
  saver.save(3, [message(3)])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written.slice(1)).toEqual([{ pos: 3, seqs: [2, 3] }])
  saver.save(4, [])
  await vi.advanceTimersByTimeAsync(0)
  expect(written.at(-1)).toEqual({ pos: 4, seqs: [] })
})

it('writes nothing more once it is stopped: another may have come', async () => {
  const { written, saver } = aSaver()
  saver.save(1, [])
  await vi.advanceTimersByTimeAsync(0)
  saver.save(2, [message(2)])
  saver.stop()
  saver.save(3, [])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written).toEqual([{ pos: 1, seqs: [] }])
})
