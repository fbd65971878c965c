import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { computed, createApp, ref, shallowRef } from 'vue'
import { useBlackBoxStore } from '#client/calls/blackBox/blackBoxStore.ts'
import { useCallStore } from '#client/calls/session/callStore.ts'
import { useControlsStore } from '#client/calls/session/controlsStore.ts'
import type { RecoveryStep } from '#client/calls/quality/recoverySteps.ts'
import type { Look, Trouble, UseQualityReturn } from '#client/calls/quality/useQuality.ts'
import { readSample } from '#client/calls/quality/sample.ts'
import type { CallLine } from '#client/calls/words/callWords.ts'
import { useBlackBox, type UseBlackBoxOptions } from '#client/calls/assembly/useBlackBox.ts'
import { SOCKET } from '#client/platform/keys.ts'
import { anEvent } from '../../../support/calls/callEvents.ts'
import { aCallId, bob, legRef } from '../../../support/calls/people.ts'
import { createFakeSocket } from '../../../support/client/fakeSocket.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})

function open() {
  const socket = createFakeSocket()
  const trouble = ref<Trouble | null>(null)
  const lines = shallowRef<readonly CallLine[]>([])
  let look: (look: Look) => void = () => undefined
  let recover: (what: RecoveryStep) => void = () => undefined
  const nothing = computed(() => false)
  const quality: Pick<UseQualityReturn, 'onLook' | 'cameraPaused' | 'peerCameraPaused'> = {
    onLook(handler) {
      look = handler
      return () => undefined
    },
    cameraPaused: nothing,
    peerCameraPaused: nothing,
  }
  const options = {
    quality,
    recovery: {
      onStep(handler: (what: RecoveryStep) => void) {
        recover = handler
        return () => undefined
      },
    },
    trouble,
    lines: { lines },
    sharing: { local: { picture: shallowRef(null) } },
  } as unknown as UseBlackBoxOptions
  const app = createApp({ render: () => null })
  app.provide(SOCKET, socket)
  const offered = app.runWithContext(() => useBlackBox(options))
  const box = useBlackBoxStore()
  const { dispatch } = useCallStore()
  const dial = () => {
    dispatch(anEvent('local/dialed', { kind: 'audio' }))
    dispatch(anEvent('server/accepted'))
    dispatch(anEvent('link/changed'))
  }
  return {
    socket,
    trouble,
    lines,
    offered,
    box,
    dispatch,
    dial,
    controls: useControlsStore(),
    look: (one: Look) => {
      look(one)
    },
    recover: (what: RecoveryStep) => {
      recover(what)
    },
    /** What is in the box of some kinds, without the time. */
    entries: (...types: string[]) =>
      (box.report?.entries ?? [])
        .filter(({ type }) => types.includes(type))
        .map(({ at: _at, type: _type, ...entry }) => Object.values(entry).join(' ')),
  }
}

const link = (state: 'connected' | 'reconnecting') => anEvent('link/changed', { link: state })

describe('the black box of a call', () => {
  it('holds its events, states and links, from the first on', () => {
    const { dial, dispatch, entries, box } = open()
    dial()
    dispatch(link('reconnecting'))
    dispatch(link('connected'))
    dispatch(anEvent('local/hung-up'))
    expect(entries('status')).toEqual(['waiting', 'calling', 'closing'])
    expect(entries('link')).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
    expect(entries('event')[0]).toBe('local/dialed 1')
    expect(entries('event')).toContain('link/changed reconnecting 1')
    expect(box.report).toMatchObject({ callId: aCallId(), kind: 'audio', role: 'caller' })
    expect(box.report?.end).toMatchObject({ outcome: 'completed', failure: null })
    expect(box.peer).toEqual(bob.view)
  })

  it('holds what the two do, what is wrong and what is done about it', () => {
    const { dial, controls, trouble, lines, recover, socket, dispatch, entries } = open()
    dial()
    controls.microphone = 'on'
    controls.peerMicrophoneOn = false
    controls.notice({ device: 'camera', code: 'media/in-use' })
    trouble.value = 'silent'
    recover('sound')
    lines.value = [{ word: 'microphoneGone', values: { name: '王小明的耳机' } }]
    socket.become('connecting')
    dispatch(anEvent('server/peer', { presence: 'away' }))
    expect(entries('control')).toEqual(['mine microphone true', 'theirs microphone false'])
    expect(entries('failed', 'trouble', 'mended')).toEqual([
      'camera media/in-use',
      'silent',
      'sound',
    ])
    expect(entries('device', 'server', 'away')).toEqual(['microphone gone', 'false', 'true false'])
    dispatch(anEvent('server/peer', { presence: 'left' }))
    expect(entries('away')).toEqual(['true false', 'true true'])
  })

  it('holds a line of figures for each look', () => {
    const { dial, look, box } = open()
    dial()
    const mine = { score: 50, limited: 'none', late: 0, busy: false, paused: false } as const
    look({ before: null, now: readSample([], 5), mine, theirs: null })
    expect(box.report?.seconds).toMatchObject([{ score: 50 }])
    expect(box.report?.totals.poorSeconds).toBe(1)
  })

  it('tells a page that was reloaded, this one and the peer’s', () => {
    const { dispatch, entries } = open()
    dispatch(anEvent('local/restored'))
    dispatch(anEvent('server/resumed'))
    dispatch(link('connected'))
    dispatch(anEvent('server/accepted', { peerLeg: legRef(bob.leg(2)) }))
    expect(entries('reloaded')).toEqual(['mine', 'theirs'])
  })

  it('is offered at the end of a call that went badly, and of no other', () => {
    const { dial, dispatch, offered } = open()
    dial()
    dispatch(anEvent('local/hung-up'))
    expect(offered.value).toBeNull()
    dispatch(anEvent('timer/lingered'))
    dial()
    dispatch(link('reconnecting'))
    dispatch(link('connected'))
    expect(offered.value).toBeNull()
    dispatch(anEvent('local/hung-up'))
    expect(offered.value).toBe(aCallId())
    dispatch(anEvent('timer/lingered'))
    expect(offered.value).toBeNull()
  })

  it('is of the last call when there is another', () => {
    const { dial, dispatch, box } = open()
    dial()
    dispatch(anEvent('local/hung-up'))
    dispatch(anEvent('local/dialed', { callId: aCallId(2) }))
    expect(box.report?.callId).toBe(aCallId(2))
    expect(box.report?.end).toBeNull()
  })
})
