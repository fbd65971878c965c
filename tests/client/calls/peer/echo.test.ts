import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEcho } from '#client/calls/peer/echo.ts'
import { FakeDataChannel } from '../../../support/peer/FakeDataChannel.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const said: string[] = []
  const fake = new FakeDataChannel(1, (text) => said.push(text))
  const connection = { createDataChannel: () => fake } as unknown as RTCPeerConnection
  return { fake, said, echo: createEcho(connection) }
}

/** The other page answers the last question after a while. */
function answer({ fake, said }: ReturnType<typeof open>, afterMs: number): void {
  vi.advanceTimersByTime(afterMs)
  fake.hear((said.at(-1) ?? '').replace('?', '!'))
}

it('asks nothing before it can, and by itself as soon as it can', () => {
  const { fake, said, echo } = open()
  echo.ask()
  expect(said).toEqual([])
  fake.open()
  expect(said).toHaveLength(1)
  expect(echo.answeredAt).toBeNull()
})

it('answers every question at once', () => {
  const { fake, said } = open()
  fake.open()
  fake.hear('?4711')
  expect(said.at(-1)).toBe('!4711')
})

it('knows when it was answered, and how long that takes', () => {
  const opened = open()
  const { fake, echo } = opened
  fake.open()
  answer(opened, 40)
  expect(echo.answeredAt).toBe(performance.now())
  expect(echo.roundTripMs).toBe(40)
  echo.ask()
  answer(opened, 200)
  expect(echo.roundTripMs).toBe(200)
  echo.ask()
  answer(opened, 40)
  expect(echo.roundTripMs).toBe(160)
})

it.each(['', '?', '!', '?-1', '?1e9', '!9999999999999', '?1\n', `?${'1'.repeat(5_000)}`])(
  'takes no notice of %j',
  (text) => {
    const { fake, said, echo } = open()
    fake.open()
    fake.hear(text)
    fake.hear(new ArrayBuffer(8))
    expect(said).toHaveLength(1)
    expect(echo.answeredAt).toBeNull()
  },
)
