import { describe, expect, it } from 'vitest'
import { RING_TIMEOUT_MS } from '#shared/limits.ts'
import { accept, aDesk, anInvite, aTalk, leave, NOON } from '../../../support/calls/desk.ts'
import { aCallId, alice, bob } from '../../../support/calls/people.ts'

const callId = aCallId()
const ringEnded = { type: 'ring-ended', callId } as const

describe('the ring window', () => {
  it('[CA4] is 60 s from the invite, by the clock of the server', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(RING_TIMEOUT_MS).toBe(60_000)
    expect(desk.effectsOf('arm')).toEqual([
      { type: 'arm', timer: 'ring', callId, at: NOON + 60_000 },
    ])
  })

  it('[CA4] ends as unanswered for everybody', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
    desk.now += RING_TIMEOUT_MS
    desk.run(ringEnded)
    for (const leg of [alice.leg(), bob.leg(1), bob.leg(2)]) {
      expect(desk.pushesTo(leg).at(-1)).toEqual({
        type: 'call.closed',
        body: { callId, outcome: 'unanswered', durationMs: 0 },
      })
    }
    expect(desk.registry.callOf(bob.view.id)).toBeUndefined()
  })

  it('[CA4] ends also where no device of the callee was ever connected', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [] }))
    desk.run(ringEnded)
    expect(desk.pushesTo(alice.leg())).toMatchObject([{ body: { outcome: 'unanswered' } }])
  })

  it('[CA4] does not end a call that was answered', () => {
    const desk = aTalk()
    const { effects } = desk.run(ringEnded)
    expect(effects).toEqual([])
    expect(desk.registry.call(callId)?.phase).toBe('talking')
  })

  it('[CA4] [CA13] does not end a second time what has ended', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(leave(alice.leg()))
    expect(desk.run(ringEnded).effects).toEqual([])
    expect(desk.effectsOf('journal/closed')).toHaveLength(1)
  })

  it('[CA4] that has ended takes no answer any more', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(ringEnded)
    expect(desk.run(accept(bob.leg())).reply).toEqual({ ok: false, code: 'call/ended' })
  })

  it('[CA4] takes an answer in its last millisecond', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.now += RING_TIMEOUT_MS - 1
    expect(desk.run(accept(bob.leg())).reply).toMatchObject({ ok: true })
  })
})
