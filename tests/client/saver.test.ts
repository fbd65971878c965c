import { expect, it } from 'vitest'
import type { MessageView } from '#shared/protocol/chat.ts'
import { createSaver } from '#client/feed/saver.ts'
import { message } from '../support/client/people.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A saver whose writes take until the test says so. */
function aSaver() {
  const written: { pos: number; seqs: number[] }[] = []
  const ends: (() => void)[] = []
  const saver = createSaver((pos, messages: readonly MessageView[]) => {
    written.push({ pos, seqs: messages.map(({ seq }) => seq) })
    return new Promise((resolve) => ends.push(resolve))
  })
  const endWrite = async (): Promise<void> => {
    ends.shift()?.()
    await settled()
  }
  return { written, saver, endWrite }
}

it('keeps what comes at once, and together what comes while that is written', async () => {
  const { written, saver, endWrite } = aSaver()
  saver.save(1, [message(1)])
  await settled()
  expect(written).toEqual([{ pos: 1, seqs: [1] }])
  saver.save(2, [message(2)])
  saver.save(3, [message(3)])
  await settled()
  expect(written).toHaveLength(1)
  await endWrite()
  expect(written.slice(1)).toEqual([{ pos: 3, seqs: [2, 3] }])
  await endWrite()
  saver.save(4, [])
  await settled()
  expect(written.at(-1)).toEqual({ pos: 4, seqs: [] })
})

it('writes nothing more once it is stopped: another may have come', async () => {
  const { written, saver, endWrite } = aSaver()
  saver.save(1, [])
  await settled()
  saver.save(2, [message(2)])
  saver.stop()
  saver.save(3, [])
  await endWrite()
  expect(written).toEqual([{ pos: 1, seqs: [] }])
})
