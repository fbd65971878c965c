import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { expect, it, onTestFinished } from 'vitest'
import type { CallEvent } from '#client/calls/machine/events.ts'
import type { CallState } from '#client/calls/machine/state.ts'
import type { IceServer } from '#client/calls/machine/words.ts'
import { useRelayGuard } from '#client/calls/assembly/useRelayGuard.ts'
import { aCall } from '../../../support/calls/callStates.ts'

const STUN: IceServer = { urls: ['stun:stun.example'] }
const TURN: IceServer = { urls: ['turns:turn.example:443'], username: 'u', credential: 'c' }

function guard({ isWanted = true } = {}) {
  const call = shallowRef<CallState | null>(null)
  const relayOnly = ref(isWanted)
  const events: CallEvent[] = []
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const guarded = scope.run(() =>
    useRelayGuard({
      call,
      relayOnly: () => relayOnly.value,
      dispatch: (event) => void events.push(event),
    }),
  )
  if (guarded === undefined) throw new Error('the scope is over')
  return { call, relayOnly, events, ...guarded }
}

it.each([
  ['none', []],
  ['only STUN', [STUN]],
])('tells who wants to be relayed at once when the server has %s', async (_, servers) => {
  const { call, events, useIceServers } = guard()
  call.value = aCall({ status: 'waiting' })
  await nextTick()
  expect(events).toEqual([])
  useIceServers(servers)
  await nextTick()
  const { callId } = call.value
  expect(events).toEqual([{ type: 'server/refused', callId, failure: 'negotiation/no-relay' }])
})

it('lets it ring, and tells who answers', async () => {
  const { call, events, useIceServers } = guard()
  const coming = aCall({ status: 'coming' })
  call.value = coming
  useIceServers([])
  await nextTick()
  expect(events).toEqual([])
  call.value = aCall({ status: 'calling', callId: coming.callId })
  await nextTick()
  expect(events).toMatchObject([{ type: 'server/refused', failure: 'negotiation/no-relay' }])
})

it('has nothing to say where there is a relay, or none is wanted', async () => {
  const wanted = guard()
  wanted.call.value = aCall({ status: 'calling' })
  wanted.useIceServers([STUN, TURN])
  const unwanted = guard({ isWanted: false })
  unwanted.call.value = aCall({ status: 'calling' })
  unwanted.useIceServers([])
  await nextTick()
  expect([...wanted.events, ...unwanted.events]).toEqual([])
})

it('does not judge a call by the servers of the last one', async () => {
  const { call, events, useIceServers } = guard()
  call.value = aCall({ status: 'closing' })
  useIceServers([])
  call.value = aCall({ status: 'waiting', callId: 'another' })
  await nextTick()
  expect(events).toEqual([])
})
