import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { CallState } from '#client/calls/machine/state.ts'
import { useCallAlerts } from '#client/calls/ringing/useCallAlerts.ts'
import { useTalkedTime } from '#client/calls/session/useTalkedTime.ts'
import { createFakePage } from '../../../support/client/fakePage.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const identity = {
  callId: 'call',
  peer: { id: 'peer', nickname: '安然' },
  kind: 'video',
} as const
const LEG = { legId: 'leg', deviceId: 'device' }
const COMING: CallState = {
  ...identity,
  status: 'coming',
  role: 'callee',
  invitedAt: 0,
  callerLeg: LEG,
  callerAbsence: null,
}
const CALLING: CallState = {
  ...identity,
  status: 'calling',
  role: 'callee',
  acceptedAt: 1_000,
  link: 'connected',
  peerLeg: LEG,
  peerAbsence: null,
}

describe('a call that comes', () => {
  function watchAlerts({ isVisible = true } = {}) {
    const call = shallowRef<CallState | null>(null)
    const flashes: (string | null)[] = []
    const notices: string[] = []
    const page = {
      ...createFakePage(),
      isVisible,
      flashTitle: (text: string | null) => void flashes.push(text),
    }
    const scope = effectScope()
    scope.run(() => {
      useCallAlerts(
        call,
        {
          page,
          alerts: {
            permission: 'granted',
            askPermission: () => Promise.resolve(),
            holdSoundRight: () => () => undefined,
            notify({ title, body, tag }) {
              notices.push(`${title} ${body} ${tag}`)
              return () => notices.push('taken back')
            },
          },
        },
        ({ peer }) => ({ title: peer.nickname, body: '邀请你视频通话' }),
      )
    })
    return { call, flashes, notices, scope }
  }

  it('flashes in the title until it is answered', async () => {
    const { call, flashes } = watchAlerts()
    call.value = COMING
    await nextTick()
    vi.advanceTimersByTime(2_000)
    expect(flashes.slice(-3)).toEqual(['安然 · 邀请你视频通话', null, '安然 · 邀请你视频通话'])
    call.value = CALLING
    await nextTick()
    expect(flashes.at(-1)).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is a notification only when nobody looks, taken back when it is over', async () => {
    const seen = watchAlerts({ isVisible: true })
    seen.call.value = COMING
    await nextTick()
    expect(seen.notices).toEqual([])
    const hidden = watchAlerts({ isVisible: false })
    hidden.call.value = COMING
    await nextTick()
    expect(hidden.notices).toEqual(['安然 邀请你视频通话 call'])
    hidden.call.value = null
    await nextTick()
    expect(hidden.notices.at(-1)).toBe('taken back')
  })

  it('stops flashing with whoever watched', async () => {
    const { call, scope } = watchAlerts()
    call.value = COMING
    await nextTick()
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('talking time', () => {
  it('counts from the server’s time of the answer, and only while they talk', async () => {
    const call = shallowRef<CallState | null>(COMING)
    let now = 500
    const talked = effectScope().run(() => useTalkedTime(call, () => now))
    expect(talked?.value).toBeNull()
    now = 4_000
    call.value = CALLING
    await nextTick()
    expect(talked?.value).toBe(3_000)
    now = 5_500
    vi.advanceTimersByTime(1_000)
    expect(talked?.value).toBe(4_500)
    call.value = null
    await nextTick()
    expect(talked?.value).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is none before the server has said when it began, and never below 0', async () => {
    const call = shallowRef<CallState | null>({ ...CALLING, acceptedAt: null })
    const talked = effectScope().run(() => useTalkedTime(call, () => 0))
    expect(talked?.value).toBeNull()
    call.value = CALLING
    await nextTick()
    expect(talked?.value).toBe(0)
  })
})
