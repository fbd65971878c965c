import { describe, expect, it } from 'vitest'
import { closingKey } from '#client/calls/words/closingText.ts'
import type { CallOf } from '#client/calls/machine/state.ts'
import { transition } from '#client/calls/machine/transition.ts'
import { anEvent } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { NOON } from '../../../support/calls/desk.ts'
import { aCallId, bob, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()

describe('calling', () => {
  it('ends when the server refuses the answer, and gives its place back', () => {
    const call = aCall({ status: 'calling', role: 'callee', acceptedAt: null })
    const step = transition(call, anEvent('server/refused', { failure: 'request/timed-out' }))
    expect(step.call).toMatchObject({ status: 'closing', failure: 'request/timed-out' })
    expect(step.effects).toContainEqual({ type: 'send/hangup', callId, outcome: 'failed' })
  })

  it('[CA12] connects a reloaded page that learns of the answer before its resume is answered', () => {
    const call = aCall({ status: 'calling', role: 'caller', link: 'reconnecting' })
    const step = transition(call, anEvent('server/accepted', { acceptedAt: 42 }))
    expect(step.call).toMatchObject({ status: 'calling', acceptedAt: 42 })
    expect(step.effects).toEqual([{ type: 'peer/adopt', callId, leg: call.peerLeg, offers: true }])
  })

  it('[CA5] ends when another device had answered before, without a hang-up to the caller', () => {
    const call = aCall({ status: 'calling', role: 'callee', acceptedAt: null })
    const { call: next, effects } = transition(call, anEvent('server/taken'))
    expect(next).toMatchObject({ status: 'closing', outcome: 'taken' })
    const drop = { type: 'peer/drop', callId, legId: call.peerLeg.legId }
    const closing = { type: 'peer/close-all', callId }
    // The hang-up is said on what is still open when everything closes.
    expect(effects.filter(({ type }) => type.startsWith('peer/'))).toEqual([drop, closing])
    expect(effects.filter(({ type }) => type.startsWith('send/'))).toEqual([])
  })

  it('is still connecting when its first path fails, so that its time can run out', () => {
    const call = aCall({ status: 'calling', link: 'connecting' })
    const failed = transition(call, anEvent('link/changed', { link: 'failed' }))
    expect(failed.call).toMatchObject({ link: 'connecting' })
    expect(transition(failed.call, anEvent('timer/connect-ended')).call).toMatchObject({
      status: 'closing',
      outcome: 'failed',
      failure: 'negotiation/no-path',
    })
  })

  it('[F18] reconnects when a path that stood fails, for a minute', () => {
    const call = aCall({ status: 'calling', link: 'connected' })
    const failed = transition(call, anEvent('link/changed', { link: 'failed' }))
    expect(failed.call).toMatchObject({ link: 'reconnecting' })
    expect(failed.effects).toEqual([{ type: 'timer/start', timer: 'lost', callId }])
    expect(transition(failed.call, anEvent('timer/connect-ended')).call).toBe(failed.call)
    expect(transition(failed.call, anEvent('timer/lost-ended')).call).toMatchObject({
      status: 'closing',
      outcome: 'failed',
    })
  })

  it('[F18] is as before when the path is found again in time', () => {
    const call = aCall({ status: 'calling', link: 'reconnecting' })
    const found = transition(call, anEvent('link/changed', { link: 'connected' }))
    expect(found.effects).toEqual([{ type: 'timer/stop', timer: 'lost', callId }])
    expect(transition(found.call, anEvent('timer/lost-ended')).call).toBe(found.call)
  })

  it('[CA5] turns to the leg that the server chose of two, and gives it its time to connect', () => {
    const call = aCall({ status: 'calling', link: 'connected', acceptedAt: null })
    const peerLeg = legRef(bob.leg(2))
    const step = transition(call, anEvent('server/accepted', { acceptedAt: NOON, peerLeg }))
    expect(step.call).toMatchObject({ link: 'connecting', peerLeg, acceptedAt: NOON })
    expect(step.effects).toEqual([
      { type: 'timer/stop-all', callId },
      { type: 'peer/adopt', callId, leg: peerLeg, offers: true },
      { type: 'timer/start', timer: 'connect', callId },
    ])
  })

  it.each([
    ['here', anEvent('local/hung-up', { at: NOON + 5_000 })],
    ['by the peer, on the data channel', anEvent('peer/hung-up', { at: NOON + 5_000 })],
  ])('ends by a hang-up %s, and tells the server', (_where, event) => {
    const call = aCall({ status: 'calling', acceptedAt: NOON })
    const { call: next, effects } = transition(call, event)
    expect(next).toMatchObject({ status: 'closing', outcome: 'completed', durationMs: 5_000 })
    expect(effects).toEqual([
      { type: 'timer/stop-all', callId },
      { type: 'send/hangup', callId, outcome: 'completed' },
      { type: 'peer/close-all', callId },
      { type: 'media/release', callId },
      { type: 'ring', ring: 'ended', callId },
      { type: 'timer/start', timer: 'linger', callId },
    ])
  })

  it('[CA5] takes the time of the answer from the server', () => {
    const call = aCall({ status: 'calling', role: 'callee', acceptedAt: null })
    const step = transition(call, anEvent('server/accepted', { acceptedAt: 42 }))
    expect(step.call).toEqual({ ...call, acceptedAt: 42 })
    expect(step.effects).toEqual([])
  })

  it.each([
    ['connected', 'connected'],
    ['reconnecting', 'reconnecting'],
    // A new connection in the place of the one that stood.
    ['connecting', 'reconnecting'],
  ] as const)('shows of a link that stood and is %s that it is %s', (link, shown) => {
    const call = aCall({ status: 'calling', link: 'connected' })
    expect(transition(call, anEvent('link/changed', { link })).call).toMatchObject({ link: shown })
  })

  it('does not care for the link to another leg', () => {
    const call = aCall({ status: 'calling' })
    const event = anEvent('link/changed', { legId: bob.leg(2).legId, link: 'failed' })
    expect(transition(call, event)).toEqual({ call, effects: [] })
  })

  it('[CA10] shows that the peer is away, and back', () => {
    const call = aCall({ status: 'calling' })
    const away = transition(call, anEvent('server/peer', { presence: 'away' })).call
    expect(away).toMatchObject({ status: 'calling', peerAbsence: 'away' })
    const back = transition(away, anEvent('server/peer', { presence: 'back' })).call
    expect(back).toMatchObject({ peerAbsence: null })
  })

  it('[CA10] shows that the peer has left the page, until another one speaks for it', () => {
    const call = aCall({ status: 'calling', link: 'connected' })
    const left = transition(call, anEvent('server/peer', { presence: 'left' })).call
    expect(left).toMatchObject({ status: 'calling', peerAbsence: 'left' })
    const peerLeg = legRef(bob.leg(2))
    const turned = transition(left, anEvent('server/accepted', { peerLeg })).call
    expect(turned).toMatchObject({ peerLeg, peerAbsence: null, link: 'reconnecting' })
  })

  it('[S16] is not ended, nor signalled to, by another leg of the peer', () => {
    const call = aCall({ status: 'calling' })
    const other = legRef(bob.leg(2))
    const events = [
      anEvent('peer/hung-up', { leg: other }),
      anEvent('peer/signaled', { from: other }),
    ]
    for (const event of events) expect(transition(call, event)).toEqual({ call, effects: [] })
  })

  it('hands on a signal of its peer', () => {
    const call = aCall({ status: 'calling' })
    const event = anEvent('peer/signaled')
    expect(transition(call, event).effects).toEqual([
      { type: 'peer/signal', callId, leg: event.from, signal: event.signal },
    ])
  })

  it('[CA7] is not disturbed by a third one who calls', () => {
    const call = aCall({ status: 'calling' })
    const event = anEvent('server/coming', { callId: aCallId(2) })
    expect(transition(call, event)).toEqual({ call, effects: [] })
  })

  it('ends without a path when its time to connect is over, and says so', () => {
    const call = aCall({ status: 'calling', acceptedAt: NOON })
    const event = anEvent('timer/connect-ended', { at: NOON + 30_000 })
    const { call: next, effects } = transition(call, event)
    expect(next).toMatchObject({
      status: 'closing',
      outcome: 'failed',
      failure: 'negotiation/no-path',
      durationMs: 30_000,
    })
    expect(effects).toContainEqual({ type: 'send/hangup', callId, outcome: 'failed' })
  })

  const told = { outcome: 'failed', durationMs: 30_010 } as const

  it('[F20] gives the same reason when the other side gave up a moment earlier', () => {
    const call = aCall({ status: 'calling', link: 'connecting' })
    expect(transition(call, anEvent('server/closed', told)).call).toMatchObject({
      ...told,
      failure: 'negotiation/no-path',
    })
  })

  it.each([
    ['the other page was gone', { peerAbsence: 'away', link: 'reconnecting' }, told.durationMs],
    ['the path stood', { peerAbsence: null, link: 'connected' }, told.durationMs],
    ['there was no time to seek one', { peerAbsence: null, link: 'connecting' }, 300],
  ] as const)('does not blame the path when %s', (_why, state, durationMs) => {
    const call = aCall({ status: 'calling', ...state })
    const { call: next } = transition(call, anEvent('server/closed', { ...told, durationMs }))
    expect(next).toMatchObject({ outcome: 'failed', durationMs, failure: null })
  })

  it('[F13] shows no negative time when the clock of this machine is behind', () => {
    const call = aCall({ status: 'calling', acceptedAt: NOON })
    const { call: next } = transition(call, anEvent('local/hung-up', { at: NOON - 86_400_000 }))
    expect(next).toMatchObject({ durationMs: 0 })
  })

  it('shows no time when the server has not yet said from when on it counts', () => {
    const call = aCall({ status: 'calling', acceptedAt: null })
    expect(transition(call, anEvent('local/hung-up')).call).toMatchObject({ durationMs: 0 })
  })

  it('takes two clicks on hang-up for one', () => {
    const call = aCall({ status: 'calling' })
    const once = transition(call, anEvent('local/hung-up'))
    expect(transition(once.call, anEvent('local/hung-up'))).toEqual({
      call: once.call,
      effects: [],
    })
  })

  it('was interrupted only where the two have met', () => {
    const closed = anEvent('server/closed', { outcome: 'failed', durationMs: 4_000 })
    const unmet = transition(aCall({ status: 'calling', link: 'connecting' }), closed)
    expect(closingKey(unmet.call as CallOf<'closing'>)).toBe('chat.record.notConnected')
    const met = transition(aCall({ status: 'calling', link: 'reconnecting' }), closed)
    expect(closingKey(met.call as CallOf<'closing'>)).toBe('chat.record.interrupted')
  })
})
