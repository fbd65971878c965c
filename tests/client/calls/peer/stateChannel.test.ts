import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PeerState } from '#shared/protocol/peerState.ts'
import { createStateChannel } from '#client/calls/peer/stateChannel.ts'
import { FakeDataChannel } from '../../../support/peer/FakeDataChannel.ts'
import { SPEAKING } from '../../../support/peer/twoSessions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const said: unknown[] = []
  const heard: PeerState[] = []
  const fake = new FakeDataChannel(0, (text) => said.push(JSON.parse(text)))
  const connection = { createDataChannel: () => fake } as unknown as RTCPeerConnection
  const channel = createStateChannel(connection, (state) => {
    heard.push(state)
  })
  return { fake, channel, said, heard }
}

const muted = { ...SPEAKING, microphone: false }

describe('what is said', () => {
  it('waits for the channel to open and is then repeated under rising numbers', () => {
    const { fake, channel, said } = open()
    channel.say(SPEAKING)
    vi.advanceTimersByTime(5_000)
    expect(said).toEqual([])
    fake.open()
    vi.advanceTimersByTime(3_000)
    expect(said.length).toBeGreaterThanOrEqual(4)
    expect(said).toEqual(said.map((_, index) => ({ n: index + 1, ...SPEAKING })))
  })

  it('is nothing before there is something to say', () => {
    const { fake, said } = open()
    fake.open()
    vi.advanceTimersByTime(5_000)
    expect(said).toEqual([])
  })

  it('has three chances within 250 ms when it changes', () => {
    const { fake, channel, said } = open()
    fake.open()
    channel.say(muted)
    vi.advanceTimersByTime(250)
    expect(said).toHaveLength(3)
  })

  it('is always the newest', () => {
    const { fake, channel, said } = open()
    fake.open()
    channel.say(SPEAKING)
    channel.say(muted)
    vi.advanceTimersByTime(2_000)
    expect(said.slice(1).every((one) => !(one as PeerState).microphone)).toBe(true)
  })

  it('ends with the last word', () => {
    const { fake, channel, said } = open()
    fake.open()
    channel.sayLast({ ...SPEAKING, hungUp: true })
    vi.advanceTimersByTime(60_000)
    expect(said).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends with the channel', () => {
    const { fake, channel, said } = open()
    fake.open()
    channel.say(SPEAKING)
    channel.close()
    vi.advanceTimersByTime(60_000)
    expect(said).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('what is heard', () => {
  const say = (fake: FakeDataChannel, state: unknown) => {
    fake.hear(JSON.stringify(state))
  }

  it('counts only when it is newer than what was heard before', () => {
    const { fake, heard } = open()
    fake.open()
    say(fake, { n: 5, ...muted })
    say(fake, { n: 4, ...SPEAKING })
    say(fake, { n: 5, ...SPEAKING })
    say(fake, { n: 6, ...SPEAKING })
    expect(heard.map(({ n }) => n)).toEqual([5, 6])
  })

  it.each([
    ['not JSON', '{'],
    ['not an object', '7'],
    ['null', 'null'],
    ['without a number', JSON.stringify(SPEAKING)],
    ['with a number that is none', JSON.stringify({ n: 'a', ...SPEAKING })],
    ['with a number that can never be passed', `{"n":1e400,${JSON.stringify(SPEAKING).slice(1)}`],
    ['with a field missing', JSON.stringify({ n: 1, accepted: true })],
    ['with a word for a yes', JSON.stringify({ n: 1, ...SPEAKING, hungUp: 'yes' })],
    ['oversize', JSON.stringify({ n: 1, ...SPEAKING, more: 'x'.repeat(5_000) })],
  ])('is nothing when it is %s', (_what, text) => {
    const { fake, heard } = open()
    fake.open()
    fake.hear(text)
    expect(heard).toEqual([])
    say(fake, { n: 1, ...SPEAKING })
    expect(heard).toHaveLength(1)
  })

  it('is nothing when it is binary', () => {
    const { fake, heard } = open()
    fake.open()
    fake.hear(new ArrayBuffer(8))
    expect(heard).toEqual([])
  })

  it('[S21] carries no field that is not in the protocol', () => {
    const { fake, heard } = open()
    fake.open()
    say(fake, { n: 1, ...SPEAKING, isAdmin: true })
    expect(heard).toEqual([{ n: 1, ...SPEAKING, listens: false }])
  })
})
