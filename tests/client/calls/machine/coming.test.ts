import { describe, expect, it } from 'vitest'
import { transition } from '#client/calls/machine/transition.ts'
import { anEvent, EVENT_TYPES } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { typesOf } from '../../../support/calls/effectTypes.ts'
import { aCallId, bob, legRef } from '../../../support/calls/people.ts'

const coming = aCall({ status: 'coming' })
const callId = aCallId()

describe('coming', () => {
  it('[CA8] [CA17] ends when an invite that was cancelled has answered it, and opens nothing', () => {
    const step = transition(coming, anEvent('server/accepted'))
    expect(step.call).toMatchObject({ status: 'closing', outcome: 'completed', durationMs: 0 })
    expect(step.effects).toContainEqual({ type: 'send/hangup', callId, outcome: 'completed' })
    expect(typesOf(step)).not.toContain('media/open')
    expect(typesOf(step)).not.toContain('peer/adopt')
  })

  it('rings, makes the connection ready, and opens nothing', () => {
    const step = transition(null, anEvent('server/coming'))
    expect(step.call).toEqual(coming)
    expect(step.effects).toEqual([
      { type: 'peer/open', callId, leg: coming.callerLeg, offers: false },
      { type: 'send/ringing', callId },
      { type: 'ring', ring: 'incoming', callId },
      { type: 'timer/start', timer: 'ring', callId },
    ])
  })

  it.each([true, false])('[CA17] answers by a click, muted: %s', (muted) => {
    const { call, effects } = transition(coming, anEvent('local/accepted', { muted }))
    expect(call).toEqual({
      status: 'calling',
      role: 'callee',
      callId,
      peer: coming.peer,
      kind: coming.kind,
      acceptedAt: null,
      link: 'connecting',
      peerLeg: coming.callerLeg,
      peerAbsence: null,
    })
    expect(effects).toEqual([
      { type: 'timer/stop-all', callId },
      { type: 'send/accept', callId },
      { type: 'peer/adopt', callId, leg: coming.callerLeg, offers: false },
      { type: 'media/open', callId, kind: 'video', muted },
      { type: 'ring', ring: 'silence', callId },
      { type: 'timer/start', timer: 'connect', callId },
    ])
  })

  it.each(EVENT_TYPES.filter((type) => type !== 'local/accepted'))(
    '[CA17] does not answer by %s, and opens neither microphone nor camera',
    (type) => {
      const step = transition(coming, anEvent(type))
      expect(step.call?.status).not.toBe('calling')
      expect(typesOf(step)).not.toContain('media/open')
      expect(typesOf(step)).not.toContain('peer/adopt')
      expect(typesOf(step)).not.toContain('send/accept')
    },
  )

  it('takes two clicks on answer for one', () => {
    const once = transition(coming, anEvent('local/accepted'))
    expect(transition(once.call, anEvent('local/accepted'))).toEqual({
      call: once.call,
      effects: [],
    })
  })

  it.each([null, '在开会'])('[CA6] declines with the text %s', (text) => {
    const { call, effects } = transition(coming, anEvent('local/rejected', { text }))
    expect(call).toMatchObject({ status: 'closing', outcome: 'rejected' })
    expect(effects).toContainEqual({ type: 'send/reject', callId, text })
  })

  it('takes two clicks on decline for one', () => {
    const once = transition(coming, anEvent('local/rejected'))
    expect(transition(once.call, anEvent('local/rejected'))).toEqual({
      call: once.call,
      effects: [],
    })
  })

  it('does not decline what a click has answered, nor answer what one has declined', () => {
    const answered = transition(coming, anEvent('local/accepted')).call
    const declined = transition(coming, anEvent('local/rejected')).call
    expect(transition(answered, anEvent('local/rejected')).call).toBe(answered)
    expect(transition(declined, anEvent('local/accepted')).call).toBe(declined)
  })

  it('[CA5] goes quiet without a sound when another device answers', () => {
    const { call, effects } = transition(coming, anEvent('server/taken'))
    expect(call).toMatchObject({ status: 'closing', outcome: 'taken' })
    expect(effects).toContainEqual({ type: 'ring', ring: 'silence', callId })
    expect(effects.filter(({ type }) => type.startsWith('send/'))).toEqual([])
  })

  it('ends when the caller has hung up, on the data channel', () => {
    const { call } = transition(coming, anEvent('peer/hung-up'))
    expect(call).toMatchObject({ status: 'closing', outcome: 'cancelled' })
  })

  it('[S16] does not end by a hang-up of another leg than the caller', () => {
    const leg = legRef(bob.leg(2))
    expect(transition(coming, anEvent('peer/hung-up', { leg }))).toEqual({
      call: coming,
      effects: [],
    })
  })

  it('[CA4] stops by itself when the server never says that it ended', () => {
    const { call } = transition(coming, anEvent('timer/ring-ended'))
    expect(call).toMatchObject({ status: 'closing', outcome: 'unanswered' })
  })

  it('[F4] does not ring for a second call while it rings for one', () => {
    const event = anEvent('server/coming', { callId: aCallId(2) })
    expect(transition(coming, event)).toEqual({ call: coming, effects: [] })
  })

  it('[CA10] knows that the caller is away, also when it is answered then', () => {
    const away = transition(coming, anEvent('server/peer', { presence: 'away' }))
    expect(away.call).toMatchObject({ status: 'coming', callerAbsence: 'away' })
    const answered = transition(away.call, anEvent('local/accepted'))
    expect(answered.call).toMatchObject({ status: 'calling', peerAbsence: 'away' })
    const back = transition(away.call, anEvent('server/peer', { presence: 'back' }))
    expect(back.call).toEqual(coming)
  })

  it('[CA10] takes a caller whose page was reloaded for one who is there', () => {
    const away = transition(coming, anEvent('server/peer', { presence: 'away' }))
    const again = anEvent('server/coming', { callerLeg: legRef(bob.leg(2)) })
    expect(transition(away.call, again).call).toMatchObject({ callerAbsence: null })
  })

  it('[CA4] says again that it rings when it was away, for the caller was told so', () => {
    const { effects } = transition(coming, anEvent('server/reached'))
    expect(effects).toContainEqual({ type: 'send/ringing', callId })
  })
})
