import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { useBlackBoxStore } from '#client/calls/blackBox/blackBoxStore.ts'
import { keepCalls, useLeaving } from '#client/calls/index.ts'
import { useKeptCallsStore } from '#client/calls/blackBox/keptCallsStore.ts'
import { useCallStore } from '#client/calls/session/callStore.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { NOON } from '../../../support/calls/desk.ts'
import { mountClient } from '../../../support/client/mountClient.ts'

const Rooms = defineComponent(() => {
  keepCalls()
  useLeaving()
  return () => null
})
const OTHER = {
  id: '00000000-0000-4000-8000-0000000000b0',
  mobile: '13006789002',
  nickname: '白露',
}

it('[HS12] the end of a call and its story are not there for who comes next', async () => {
  const client = await mountClient(Rooms, { answers: { 'POST /api/session': OTHER } })
  const [calls, box] = [useCallStore(), useBlackBoxStore()]
  const { callId, peer } = aCall({ status: 'calling' })
  calls.dispatch({ type: 'local/dialed', callId, peer, kind: 'video', at: NOON })
  box.begin(aCall({ status: 'calling' }), NOON)
  box.note({ type: 'status', status: 'calling', at: NOON })
  client.session.expire('other-account')
  // As the socket's end does.
  calls.dispatch({ type: 'server/closed', callId, outcome: 'failed', durationMs: 0 })
  box.end({ at: NOON + 1_000, outcome: 'failed', durationMs: 1_000, failure: null })
  await client.settle()
  expect([calls.call, box.report, box.peer]).toEqual([null, null, null])

  await client.session.logIn({ mobile: OTHER.mobile, password: '123456' })
  // A page that is hidden keeps what it has.
  client.page.show(false)
  await client.settle()
  const kept = useKeptCallsStore()
  await kept.load()
  expect(kept.calls).toEqual([])
})
