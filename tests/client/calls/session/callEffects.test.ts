import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createResumeSecrets } from '#client/calls/session/resumeSecrets.ts'
import { createCallEffects } from '#client/calls/session/callEffects.ts'
import type { CallEffect } from '#client/calls/machine/effects.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'
import { createFakeServer } from '../../../support/socket/fakeServer.ts'

const LEG = { legId: 'leg', deviceId: 'device' }
const ICE = [{ urls: ['turn:turn.example.org'], username: 'u', credential: 'c' }]

/** Every part writes down what it is told; the server answers when the test says so. */
function interpreter() {
  const server = createFakeServer()
  const told: string[] = []
  const events: CallEvent[] = []
  const tell =
    (what: string) =>
    (...words: unknown[]) => {
      told.push([what, ...words.map((word) => JSON.stringify(word))].join(' '))
    }
  const resumeSecrets = createResumeSecrets()
  const interpret = createCallEffects({
    socket: server.socket,
    peer: {
      useIceServers: tell('servers'),
      open: (leg, { offers }) => {
        tell('open')(leg.legId, offers)
      },
      signal: (leg, signal) => {
        tell('signal')(leg.legId, signal.type)
      },
      adopt: (leg, { offers }) => {
        tell('adopt')(leg.legId, offers)
      },
      drop: tell('drop'),
      hangUp: tell('hang up'),
    },
    media: {
      open: (kind, { muted }) => {
        tell('media')(kind, muted)
      },
      release: tell('release'),
    },
    ringing: { ring: tell('ring') },
    resumeSecrets,
    timers: { start: tell('start'), stop: tell('stop one'), stopAll: tell('stop') },
    presence: () => ({ audible: true, visible: false, early: true }),
    dispatch: (event) => {
      events.push(event)
      told.push(`event ${event.type}`)
    },
  })
  return { ...server, interpret, resumeSecrets, told, events }
}

describe('this tab', () => {
  const candidate = { candidate: '', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null }
  const signal = { type: 'candidate', generation: 1, candidate } as const
  const table: readonly (readonly [CallEffect, string])[] = [
    [{ type: 'peer/open', callId: 'a', leg: LEG, offers: true }, 'open "leg" true'],
    [{ type: 'peer/signal', callId: 'a', leg: LEG, signal }, 'signal "leg" "candidate"'],
    [{ type: 'peer/adopt', callId: 'a', leg: LEG, offers: false }, 'adopt "leg" false'],
    [{ type: 'peer/drop', callId: 'a', legId: 'leg' }, 'drop "leg"'],
    [{ type: 'peer/close-all', callId: 'a' }, 'hang up'],
    [{ type: 'media/open', callId: 'a', kind: 'video', muted: true }, 'media "video" true'],
    [{ type: 'media/release', callId: 'a' }, 'release'],
    [{ type: 'ring', ring: 'incoming', callId: 'a' }, 'ring "incoming" "a"'],
    [{ type: 'timer/start', timer: 'linger', callId: 'a' }, 'start "linger" "a"'],
    [{ type: 'timer/stop-all', callId: 'a' }, 'stop "a"'],
  ]
  it.each(table)('%j: %s', (effect, what) => {
    const { interpret, told } = interpreter()
    interpret(effect)
    expect(told).toEqual([what])
  })
})

describe('the server is told', () => {
  const table: readonly (readonly [CallEffect, string, object])[] = [
    [
      { type: 'send/ringing', callId: 'a' },
      'call.ringing',
      { callId: 'a', audible: true, visible: false, early: true },
    ],
    [{ type: 'send/reject', callId: 'a', text: null }, 'call.reject', { callId: 'a' }],
    [
      { type: 'send/reject', callId: 'a', text: 'later' },
      'call.reject',
      { callId: 'a', text: 'later' },
    ],
    [{ type: 'send/cancel', callId: 'a' }, 'call.cancel', { callId: 'a' }],
    [{ type: 'send/hangup', callId: 'a', outcome: 'completed' }, 'call.hangup', { callId: 'a' }],
    [
      { type: 'send/hangup', callId: 'a', outcome: 'failed' },
      'call.hangup',
      { callId: 'a', outcome: 'failed' },
    ],
  ]
  it.each(table)(
    '%j as %s %j, and whatever it says changes nothing',
    async (effect, type, body) => {
      const { interpret, asked, events, settle } = interpreter()
      interpret(effect)
      expect(asked.map((one) => [one.type, one.body])).toEqual([[type, body]])
      asked[0]?.refuse(new AppError('call/ended'))
      await settle()
      expect(events).toEqual([])
    },
  )
})

describe('an invite', () => {
  const invite = { type: 'send/invite', callId: 'a', calleeId: 'b', kind: 'video' } as const

  it('that rings brings the servers before the word that it rings', async () => {
    const { interpret, asked, told, settle } = interpreter()
    interpret(invite)
    expect(asked[0]?.body).toMatchObject({ callId: 'a', calleeId: 'b', kind: 'video' })
    asked[0]?.answer({ status: 'ringing', invitedAt: 5, reach: 'sent', iceServers: ICE })
    await settle()
    expect(told).toEqual([`servers ${JSON.stringify(ICE)}`, 'event server/invited'])
  })

  it('that is closed at once says how', async () => {
    const { interpret, asked, events, settle } = interpreter()
    interpret(invite)
    asked[0]?.answer({ status: 'closed', outcome: 'busy', durationMs: 0 })
    await settle()
    expect(events).toEqual([{ type: 'server/closed', callId: 'a', outcome: 'busy', durationMs: 0 }])
  })

  it('[CA8] [CA12] that met another one has its secret there', async () => {
    const { interpret, asked, resumeSecrets, settle } = interpreter()
    interpret(invite)
    const before = resumeSecrets.secrets('a')
    const into = { callId: 'c', kind: 'audio', acceptedAt: 9, peerLeg: LEG, iceServers: ICE }
    asked[0]?.answer({ status: 'merged', into })
    await settle()
    expect(resumeSecrets.secrets('c')).toEqual(before)
    expect(before).toHaveLength(1)
  })

  it('[CA8] that met another one brings its servers after the step that forgets ours', async () => {
    const { interpret, asked, told, events, settle } = interpreter()
    interpret(invite)
    const into = { callId: 'c', kind: 'audio', acceptedAt: 9, peerLeg: LEG, iceServers: ICE }
    asked[0]?.answer({ status: 'merged', into })
    await settle()
    expect(told).toEqual(['event server/merged', `servers ${JSON.stringify(ICE)}`])
    expect(events).toMatchObject([{ callId: 'a', into: { callId: 'c', acceptedAt: 9 } }])
  })

  it('[CA2] [CA14] is on its way once: said anew meanwhile, nothing more leaves', async () => {
    const { interpret, asked, settle } = interpreter()
    interpret(invite)
    interpret(invite)
    expect(asked).toHaveLength(1)
    asked[0]?.answer({ status: 'ringing', invitedAt: 5, reach: 'sent', iceServers: ICE })
    await settle()
    interpret(invite)
    expect(asked).toHaveLength(2)
  })

  it.each(['request/timed-out', 'request/forbidden', 'connection/offline'] as const)(
    'that fails with %s says so',
    async (code) => {
      const { interpret, asked, events, settle } = interpreter()
      interpret(invite)
      asked[0]?.refuse(new AppError(code))
      await settle()
      expect(events).toEqual([{ type: 'server/refused', callId: 'a', failure: code }])
    },
  )
})

describe('an accept', () => {
  const accept = { type: 'send/accept', callId: 'a' } as const

  it('that wins brings the time of the answer and the leg at the other end', async () => {
    const { interpret, asked, events, settle } = interpreter()
    interpret(accept)
    asked[0]?.answer({ callId: 'a', acceptedAt: 9, peerLeg: LEG })
    await settle()
    expect(events).toEqual([{ type: 'server/accepted', callId: 'a', acceptedAt: 9, peerLeg: LEG }])
  })

  it('[CA5] that comes second is not a failure: it was answered elsewhere', async () => {
    const { interpret, asked, events, settle } = interpreter()
    interpret(accept)
    asked[0]?.refuse(new AppError('call/taken'))
    await settle()
    expect(events).toEqual([{ type: 'server/taken', callId: 'a' }])
  })

  it('that comes after the end says so', async () => {
    const { interpret, asked, events, settle } = interpreter()
    interpret(accept)
    asked[0]?.refuse(new AppError('call/ended'))
    await settle()
    expect(events).toEqual([{ type: 'server/refused', callId: 'a', failure: 'call/ended' }])
  })
})
