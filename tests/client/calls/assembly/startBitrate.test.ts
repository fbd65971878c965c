import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { readOutgoingKbps } from '#client/calls/peer/outgoingEstimate.ts'
import { useStartBitrate } from '#client/calls/assembly/useStartBitrate.ts'
import { createFakeStorage } from '../../../support/client/fakePage.ts'

const KEY = 'ahoy.start-bitrate'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function remember(estimates: (number | null)[]) {
  const storage = createFakeStorage()
  const isSending = ref(false)
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const startKbps = scope.run(() =>
    useStartBitrate({
      storage,
      isSending: () => isSending.value,
      readOutgoingKbps: () => Promise.resolve(estimates.shift() ?? null),
    }),
  )
  return { storage, isSending, startKbps: () => startKbps?.() }
}

it('starts the next picture at what the network carried last', async () => {
  const { isSending, startKbps } = remember([900.4, 1_700.6])
  expect(startKbps()).toBe(2_000)
  isSending.value = true
  await nextTick()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(startKbps()).toBe(1_701)
})

it.each([
  [40, 300],
  [90_000, 4_000],
])('remembers an estimate of %i as %i', async (estimate, kept) => {
  const { isSending, startKbps } = remember([estimate])
  isSending.value = true
  await nextTick()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(startKbps()).toBe(kept)
})

it('looks no more when no picture goes out, and leaves no timer', async () => {
  const { storage, isSending } = remember([800, 100])
  isSending.value = true
  await nextTick()
  await vi.advanceTimersByTimeAsync(5_000)
  isSending.value = false
  await nextTick()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(storage.values.get(KEY)).toBe(800)
  expect(vi.getTimerCount()).toBe(0)
})

it('keeps what it has where the browser tells nothing', async () => {
  const { storage, isSending, startKbps } = remember([null])
  storage.write(KEY, 1_200)
  isSending.value = true
  await nextTick()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(startKbps()).toBe(1_200)
})

it.each([
  ['no number', 'fast'],
  ['a number out of reach', 1e9],
])('does not follow %s in the storage', (_, stored) => {
  const { storage, startKbps } = remember([])
  storage.values.set(KEY, stored)
  expect([2_000, 4_000]).toContain(startKbps())
})

it('reads the estimate of the pair in use', async () => {
  const stats = new Map<string, object>([
    ['t', { type: 'transport' }],
    ['p', { type: 'candidate-pair' }],
    ['q', { type: 'candidate-pair', availableOutgoingBitrate: 1_500_000 }],
  ])
  const connection = { getStats: () => Promise.resolve(stats) } as unknown as RTCPeerConnection
  expect(await readOutgoingKbps(connection)).toBe(1_500)
  stats.delete('q')
  expect(await readOutgoingKbps(connection)).toBeNull()
  expect(await readOutgoingKbps(null)).toBeNull()
})
