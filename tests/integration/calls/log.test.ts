import { expect, it } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { CANDIDATE, SDP, talk } from '../../support/calls/rawCall.ts'
import { createPort } from '../../support/server/port.ts'

it('[P3] the log of a whole call holds no description, candidate, token, cookie, password or text', async () => {
  const port = await createPort({
    env: { TURN_URLS: 'turn:turn.example.org', TURN_SECRET: 'a secret of the relay' },
  })
  const { callId, caller, callee } = await talk(port)
  const base = { callId, toLeg: callee.tab.legId, generation: 1 }
  await caller.tab.ask('call.offer', { ...base, sdp: SDP })
  await caller.tab.ask('call.candidate', { ...base, candidate: CANDIDATE })
  // What goes wrong is logged with care, too.
  await caller.tab.ask('call.offer', { ...base, sdp: `x${SDP}` })
  await caller.tab.ask('call.offer', { ...base, callId: uuidv7(), sdp: SDP })
  caller.tab.send('{"broken')
  await caller.tab.complaint()
  await caller.tab.ask('call.hangup', { callId })
  const next = { callId: uuidv7(), calleeId: caller.id, kind: 'audio' }
  const invited = await callee.tab.ask('call.invite', next)
  await caller.tab.ask('call.reject', { callId: next.callId, text: 'a private word' })
  await caller.browser.delete('/api/session')
  await port.server.app.calls.flushed()

  const { logged } = port.server
  const [, token = ''] = callee.browser.cookie.split('=')
  const [{ username, credential } = { username: '', credential: '' }] = invited.body?.[
    'iceServers'
  ] as { username: string; credential: string }[]
  const secrets = {
    token,
    username,
    credential,
    'the secret of the relay': 'a secret of the relay',
    'a description': 'v=0',
    'a name of ICE': 'ice-ufrag',
    'a candidate': 'candidate:',
    'an address': '192.0.2.1',
    'a password': '123456"',
    'a text': 'a private word',
  }
  expect(logged.some((line) => line.includes(callId))).toBe(true)
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(2)
    expect(
      logged.filter((line) => line.includes(secret)),
      what,
    ).toEqual([])
  }
})
