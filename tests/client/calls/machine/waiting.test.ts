import { describe, expect, it } from 'vitest'
import type { CallState } from '#client/calls/machine/state.ts'
import { transition } from '#client/calls/machine/transition.ts'
import { anEvent } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { typesOf } from '../../../support/calls/effectTypes.ts'
import { aCallId, bob, legRef } from '../../../support/calls/people.ts'

const waiting = aCall({ status: 'waiting' })
const callId = aCallId()

describe('waiting', () => {
  it('says why the server refused, and that nobody must ring on', () => {
    const step = transition(waiting, anEvent('server/refused', { failure: 'request/timed-out' }))
    expect(step.call).toMatchObject({
      status: 'closing',
      outcome: 'failed',
      failure: 'request/timed-out',
    })
    expect(step.effects).toContainEqual({ type: 'send/cancel', callId })
    expect(typesOf(step)).toContain('media/release')
  })

  it('[CA8] goes on in the call of the peer that was a moment earlier', () => {
    const step = transition(waiting, anEvent('server/merged'))
    const { into } = anEvent('server/merged')
    expect(step.call).toEqual({
      status: 'calling',
      role: 'callee',
      callId: into.callId,
      peer: waiting.peer,
      kind: into.kind,
      acceptedAt: into.acceptedAt,
      link: 'connecting',
      peerLeg: into.peerLeg,
      peerAbsence: null,
    })
    expect(step.effects).toEqual([
      { type: 'timer/stop-all', callId },
      { type: 'media/open', callId: into.callId, kind: 'video', muted: false },
      { type: 'peer/adopt', callId: into.callId, leg: into.peerLeg, offers: false },
      { type: 'ring', ring: 'silence', callId: into.callId },
      { type: 'timer/start', timer: 'connect', callId: into.callId },
    ])
  })

  it.each([
    ['audio', 'audio'],
    ['audio', 'video'],
    ['video', 'audio'],
    ['video', 'video'],
  ] as const)(
    '[CA8] [CA17] after a click on %s, merged into a call with %s, opens what was clicked',
    (mine, theirs) => {
      const call = aCall({ status: 'waiting', kind: mine })
      const { into } = anEvent('server/merged')
      const event = anEvent('server/merged', { into: { ...into, kind: theirs } })
      const { effects } = transition(call, event)
      expect(effects.find(({ type }) => type === 'media/open')).toMatchObject({ kind: mine })
    },
  )

  it('[CA2] begins with the invite and only then opens the media', () => {
    const step = transition(null, anEvent('local/dialed'))
    expect(step.call).toEqual({ ...waiting, invitedAt: anEvent('local/dialed').at })
    expect(step.effects).toEqual([
      { type: 'send/invite', callId, calleeId: waiting.peer.id, kind: 'video' },
      { type: 'media/open', callId, kind: 'video', muted: false },
      { type: 'ring', ring: 'ringback', callId },
      { type: 'timer/start', timer: 'hint', callId },
      { type: 'timer/start', timer: 'ring', callId },
    ])
  })

  it('takes the time and the reach from the server', () => {
    const event = anEvent('server/invited', { invitedAt: 42, reach: 'offline' })
    expect(transition(waiting, event).call).toMatchObject({ invitedAt: 42, reach: 'offline' })
  })

  it('[F4] stays ringing when the answer to the invite is slower than the ringing', () => {
    const ringing = transition(waiting, anEvent('server/ringing')).call
    const { call } = transition(ringing, anEvent('server/invited', { reach: 'offline' }))
    expect(call).toMatchObject({ reach: 'ringing' })
  })

  it('[CA4] hints after a while that nobody may be there, and goes on', () => {
    const { call, effects } = transition(waiting, anEvent('timer/hinted'))
    expect(call).toEqual({ ...waiting, hinted: true })
    expect(effects).toEqual([])
  })

  it('[CA4] ends by itself when the server never does, and says so', () => {
    const { call, effects } = transition(waiting, anEvent('timer/ring-ended'))
    expect(call).toMatchObject({ status: 'closing', outcome: 'unanswered', durationMs: 0 })
    expect(effects).toContainEqual({ type: 'send/cancel', callId })
  })

  it('is cancelled by a click, and says so', () => {
    const { call, effects } = transition(waiting, anEvent('local/cancelled'))
    expect(call).toMatchObject({ status: 'closing', outcome: 'cancelled', failure: null })
    expect(effects).toContainEqual({ type: 'send/cancel', callId })
  })

  it.each(['busy', 'rejected', 'unanswered', 'failed'] as const)(
    '[CA4] [CA6] [CA7] ends as the server says: %s',
    (outcome) => {
      const { call, effects } = transition(waiting, anEvent('server/closed', { outcome }))
      expect(call).toMatchObject({ status: 'closing', outcome })
      expect(effects.filter(({ type }) => type.startsWith('send/'))).toEqual([])
    },
  )

  it('[CA5] is answered by the leg that the server names, and opens no second microphone', () => {
    const { call, effects } = transition(waiting, anEvent('server/accepted'))
    const { acceptedAt, peerLeg } = anEvent('server/accepted')
    expect(call).toMatchObject({ status: 'calling', role: 'caller', acceptedAt, peerLeg })
    expect(effects).toEqual([
      { type: 'timer/stop-all', callId },
      { type: 'peer/adopt', callId, leg: peerLeg, offers: true },
      { type: 'ring', ring: 'silence', callId },
      { type: 'timer/start', timer: 'connect', callId },
    ])
  })

  it('[CA5] is answered on the data channel one trip earlier, with the time still to come', () => {
    const early = transition(waiting, anEvent('peer/accepted'))
    expect(early.call).toMatchObject({ status: 'calling', acceptedAt: null })
    const late = transition(early.call, anEvent('server/accepted', { acceptedAt: 42 }))
    expect(late.call).toMatchObject({ acceptedAt: 42 })
    expect(late.effects).toEqual([])
  })

  it('[F4] hears a signal of any leg that rings', () => {
    const event = anEvent('peer/signaled')
    expect(transition(waiting, event)).toEqual({
      call: waiting,
      effects: [{ type: 'peer/signal', callId, leg: event.from, signal: event.signal }],
    })
  })

  it('connects to a leg as soon as it rings', () => {
    const { call, effects } = transition(waiting, anEvent('server/ringing'))
    const { leg } = anEvent('server/ringing')
    expect(call).toMatchObject({ reach: 'ringing', legs: [{ ...leg, open: true }] })
    expect(effects).toEqual([{ type: 'peer/open', callId, leg, offers: true }])
  })

  it('takes two clicks on cancel for one', () => {
    const once = transition(waiting, anEvent('local/cancelled'))
    expect(transition(once.call, anEvent('local/cancelled'))).toEqual({
      call: once.call,
      effects: [],
    })
  })

  it('[CA4] knows when the last leg that rang is gone, and when it rings again', () => {
    const ringing = (nth: number) => anEvent('server/ringing', { leg: legRef(bob.leg(nth)) })
    const left = (nth: number, reach: 'sent' | 'offline') =>
      anEvent('server/left', { leg: legRef(bob.leg(nth)), reach })
    const story = [
      [ringing(1), 'ringing'],
      [ringing(2), 'ringing'],
      [left(1, 'sent'), 'ringing'],
      [left(2, 'offline'), 'offline'],
      [ringing(1), 'ringing'],
      [left(1, 'sent'), 'sent'],
    ] as const
    let call: CallState | null = aCall({ status: 'waiting' })
    for (const [event, reach] of story) {
      call = transition(call, event).call
      expect(call).toMatchObject({ status: 'waiting', reach })
    }
  })
})
