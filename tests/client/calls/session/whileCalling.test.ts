import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { CallState } from '#client/calls/machine/state.ts'
import { useWhileCalling } from '#client/calls/session/useWhileCalling.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { createFakePage } from '../../../support/client/fakePage.ts'

describe('while a call is on', () => {
  it.each([
    { status: 'waiting', isAwake: true, asks: true },
    // Who leaves then takes nothing from anybody: the other devices ring on.
    { status: 'coming', isAwake: true, asks: false },
    { status: 'calling', isAwake: true, asks: true },
    { status: 'closing', isAwake: false, asks: false },
  ] as const)(
    'the screen is lit ($isAwake) and the page asks before it is left ($asks): $status',
    async ({ status, isAwake, asks }) => {
      const page = createFakePage()
      const call = shallowRef<CallState | null>(null)
      const scope = effectScope()
      scope.run(() => {
        useWhileCalling(call, page)
      })
      expect([page.isAwake, page.asks]).toEqual([false, false])
      call.value = aCall({ status, kind: 'audio' })
      await nextTick()
      expect([page.isAwake, page.asks]).toEqual([isAwake, asks])
      scope.stop()
      expect([page.isAwake, page.asks]).toEqual([false, false])
    },
  )
})
