import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useBlackBoxStore } from '#client/calls/blackBox/blackBoxStore.ts'
import { keepCalls } from '#client/calls/blackBox/keepCalls.ts'
import { useKeptCallsStore } from '#client/calls/blackBox/keptCallsStore.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { aSecond } from '../../../support/calls/callReports.ts'
import { NOON } from '../../../support/calls/desk.ts'
import { aCallId } from '../../../support/calls/people.ts'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { createFakeStorage } from '../../../support/client/fakePage.ts'
import { mountClient, type MountOptions } from '../../../support/client/mountClient.ts'

const Rooms = defineComponent(() => {
  keepCalls()
  return () => null
})

async function open(options: MountOptions = {}) {
  const client = await mountClient(Rooms, options)
  const [box, kept] = [useBlackBoxStore(), useKeptCallsStore()]
  const talk = (number: number, s = number) => {
    const at = NOON + s * 1_000
    box.begin(aCall({ status: 'calling', callId: aCallId(number) }), at)
    box.note({ type: 'status', status: 'calling', at })
  }
  const end = async (s: number) => {
    box.end({ at: NOON + s * 1_000, outcome: 'completed', durationMs: 1_000, failure: null })
    await flushPromises()
  }
  const idsKept = async () => {
    await kept.load()
    return kept.calls.map(({ id }) => id)
  }
  return { client, box, kept, talk, end, idsKept }
}

describe('the last calls', () => {
  it('are kept at their end, newest first, the oldest of more than ten are forgotten', async () => {
    const { talk, end, idsKept } = await open()
    for (let number = 1; number <= 12; number += 1) {
      talk(number)
      await end(number + 0.5)
    }
    const ids = await idsKept()
    expect(ids).toHaveLength(10)
    expect([ids[0], ids.at(-1)]).toEqual([aCallId(12), aCallId(3)])
  })

  it('are kept with whom they were, and the report alone names nobody', async () => {
    const { talk, end, idsKept, kept } = await open()
    talk(1)
    await end(2)
    await idsKept()
    expect(kept.calls[0]?.peer.nickname).toBe('白露')
    expect(JSON.stringify(kept.calls[0]?.report)).not.toContain('白露')
  })

  it('are not those that nobody answered', async () => {
    const { box, end, idsKept } = await open()
    box.begin(aCall({ status: 'waiting' }), NOON)
    await end(1)
    expect(await idsKept()).toEqual([])
  })

  it('are kept also while they go on, so that a page may die', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { talk, idsKept } = await open()
    talk(1)
    await flushPromises()
    await vi.advanceTimersByTimeAsync(10_000)
    vi.useRealTimers()
    await flushPromises()
    expect(await idsKept()).toEqual([aCallId(1)])
  })

  it('go on in the page after a reload with what the one before had seen', async () => {
    const [databases, tabStorage] = [createFakeDatabases(), createFakeStorage()]
    const before = await open({ databases, tabStorage })
    before.talk(1)
    before.box.look(aSecond(2))
    before.client.page.show(false)
    before.client.unmount()

    const after = await open({ databases, tabStorage })
    after.talk(1, 5)
    after.box.note({ type: 'reloaded', side: 'mine', at: NOON + 5_000 })
    await flushPromises()
    await after.end(9)
    await after.idsKept()
    const [call] = after.kept.calls
    expect(call?.report).toMatchObject({ beganAt: NOON + 1_000, totals: { seconds: 1 } })
    expect(tabStorage.values.get('ahoy.call-report')).toBeNull()
  })

  it('go with the account', async () => {
    const { client, talk, end, kept, idsKept } = await open()
    client.http.answer('DELETE /api/session', {})
    talk(1)
    await end(2)
    await idsKept()
    await client.session.logOut()
    expect(kept.calls).toEqual([])
    expect(await idsKept()).toEqual([])
  })
})
