import { expect, it } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import { useDial } from '#client/calls/index.ts'
import type { CallState } from '#client/calls/machine/state.ts'
import { ToastHost } from '#client/layout/index.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { bob, carol } from '../../../support/calls/people.ts'
import { mountClient } from '../../../support/client/mountClient.ts'

const Page = defineComponent({
  props: { to: { type: Object, required: true } },
  setup({ to }) {
    const { dial } = useDial()
    const call = (): void => {
      dial(to as { id: string; nickname: string }, 'audio')
    }
    return () => [h('button', { onClick: call }, 'call'), h(ToastHost)]
  },
})

/** A press on "call", beside the call that is on. */
async function press(call: CallState | null, to: { id: string; nickname: string }) {
  const client = await mountClient(Page, { props: { to }, call: shallowRef(call) })
  await client.press('button', 'call')
  return client
}

it.each(['waiting', 'coming', 'calling'] as const)(
  'says with whom one is in a call (%s), when somebody else is called',
  async (status) => {
    const { dial, text } = await press(aCall({ status }), carol.view)
    expect(text()).toContain('你正在与白露通话')
    expect(dial).not.toHaveBeenCalled()
  },
)

it.each([
  ['no call', null, carol.view],
  ['a call that has just ended', aCall({ status: 'closing' }), carol.view],
  ['a call with that very contact', aCall({ status: 'calling' }), bob.view],
])('goes on to the call with %s', async (_, call, to) => {
  const { dial, text } = await press(call, to)
  expect(dial).toHaveBeenCalledWith(to, 'audio')
  expect(text()).not.toContain('通话')
})
