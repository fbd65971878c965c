import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { LEG_GRACE_MS } from '#shared/limits.ts'
import { useCallStore } from '#client/calls/session/callStore.ts'
import { createResumeSecrets } from '#client/calls/session/resumeSecrets.ts'
import { useCallMemory } from '#client/calls/session/useCallMemory.ts'
import { createValueStorage } from '#client/platform/storage/createValueStorage.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { createFakeSocket } from '../../../support/client/fakeSocket.ts'

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  window.sessionStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
})

/** What the page before this one has kept of its call. */
function keepCall(): void {
  const { callId, peer } = aCall({ status: 'waiting' })
  const facts = { kind: 'audio', role: 'caller', invitedAt: Date.now(), talk: null }
  const devices = { microphone: true, camera: false }
  const secrets = ['00000000-0000-4000-8000-00000000005e']
  const saved = { callId, secrets, peer, ...facts, ...devices, seenAt: Date.now() }
  window.sessionStorage.setItem('ahoy.call', JSON.stringify(saved))
}

/** A page of that tab that begins; somebody else has the lock of the call. */
function begin({ isReloaded }: { isReloaded: boolean }) {
  const socket = createFakeSocket()
  const waiting = new Set<() => void>()
  const locks = {
    hold(_name: string, onHeld: () => void) {
      waiting.add(onHeld)
      return () => void waiting.delete(onHeld)
    },
  }
  const storage = createValueStorage(window, 'sessionStorage')
  effectScope().run(() => {
    useCallMemory({
      socket,
      resumeSecrets: createResumeSecrets(),
      storage,
      locks,
      page: { isReloaded },
    })
  })
  socket.become('online')
  return {
    free() {
      for (const onHeld of waiting) onHeld()
    },
    status: () => useCallStore().call?.status,
  }
}

it('[CA12] a reloaded page waits until the one before it has let go of the call', () => {
  keepCall()
  const page = begin({ isReloaded: true })
  vi.advanceTimersByTime(12_000)
  expect(page.status()).toBeUndefined()
  page.free()
  expect(page.status()).toBe('waiting')
})

it('[CA12] but not for longer than the server keeps its resumeSecrets', () => {
  keepCall()
  const page = begin({ isReloaded: true })
  vi.advanceTimersByTime(LEG_GRACE_MS)
  page.free()
  expect(page.status()).toBeUndefined()
})

it('[CA12] a tab that is a copy leaves the call to the one that has it', () => {
  keepCall()
  const page = begin({ isReloaded: false })
  vi.advanceTimersByTime(3_000)
  page.free()
  expect(page.status()).toBeUndefined()
})
