import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createInbox } from '#client/platform/socket/inbox.ts'
import { createOwnFrames } from '#client/platform/socket/ownFrames.ts'
import { createServerClock } from '#client/platform/socket/serverClock.ts'
import { AppError } from '#shared/errors.ts'
import type { Push } from '#shared/protocol/envelope.ts'

const ID = '01a00000-0000-7000-8000-00000000000b'
const [EPOCH, OTHER_EPOCH] = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
]
const NOON = Date.UTC(2026, 0, 15, 12)
const PUSH: Push = { type: 'call.taken', body: { callId: ID } }

interface Said {
  readonly id?: number
  readonly type: string
  readonly body: Record<string, unknown>
}

/** The frames of a tab whose clock stands still, and what came of them. */
function aTab() {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const said: Said[] = []
  const news: string[] = []
  const clock = createServerClock(() => 0)
  const inbox = createInbox({
    handOn: () => news.push('push'),
    askAgain: () => news.push('asked again'),
  })
  const frames = createOwnFrames({
    deviceId: ID,
    legId: ID,
    accountId: () => ID,
    inbox,
    clock,
    send: (text) => said.push(JSON.parse(text) as Said) > 0,
    onHello: () => news.push('hello'),
  })
  /** The server's reply to what was said last. */
  const answer = (value: unknown): boolean => frames.take(said.at(-1)?.id ?? 0, { ok: true, value })
  const greet = (epoch = EPOCH): boolean => {
    frames.sayHello()
    return answer({ userId: ID, serverNow: NOON, epoch })
  }
  return { said, news, clock, inbox, frames, answer, greet }
}

describe('a hello', () => {
  it('says how far the numbered frames have come, and in which life of the server', () => {
    const { said, inbox, frames, greet } = aTab()
    greet()
    inbox.take(1, PUSH)
    frames.sayHello()
    expect(said.map(({ body: { received, epoch } }) => ({ received, epoch }))).toEqual([
      { received: 0, epoch: null },
      { received: 1, epoch: EPOCH },
    ])
  })

  it('that is answered tells the time and lets the requests go out', () => {
    const { news, clock, greet } = aTab()
    expect(greet()).toBe(true)
    expect(clock.now()).toBe(NOON)
    expect(news).toEqual(['hello'])
  })

  it.each([
    ['goes on', EPOCH, 1],
    ['begins anew', OTHER_EPOCH, 0],
  ] as const)('leaves a count that %s', (_what, epoch, received) => {
    const { inbox, greet } = aTab()
    greet()
    inbox.take(1, PUSH)
    greet(epoch)
    expect(inbox.received).toBe(received)
  })

  it('that is refused, or answered with nonsense, changes nothing', () => {
    const { said, news, frames, answer } = aTab()
    frames.sayHello()
    answer({ userId: ID, serverNow: 'noon', epoch: EPOCH })
    const error = new AppError('protocol/malformed')
    frames.take(said[0]?.id ?? 0, { ok: false, error })
    frames.sayHello()
    expect(said[1]?.body).toMatchObject({ epoch: null })
    expect(news).toEqual([])
  })
})

describe('a pong', () => {
  it.each([
    ['more than has arrived', 1, ['asked again']],
    ['what has arrived', 0, []],
  ] as const)('of a server that has sent %s', (_what, sent, asked) => {
    const { news, clock, frames, answer } = aTab()
    frames.ping()
    expect(answer({ sent, serverNow: NOON })).toBe(true)
    expect(clock.now()).toBe(NOON)
    expect(news).toEqual(asked)
  })
})

it('a reply to a request of a room is not one of these', () => {
  const { news, frames } = aTab()
  expect(frames.take(1, { ok: true, value: {} })).toBe(false)
  expect(news).toEqual([])
})
