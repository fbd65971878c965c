import { expect, it } from 'vitest'
import { relayedOnly } from '#server/calls/relayedOnly.ts'
import { aCallId, bob } from '../../support/calls/people.ts'

const HOST = 'candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0 ufrag a'
const NAMED = 'candidate:4 1 udp 2122260223 2e1a6d7c.local 50000 typ host generation 0'
const REFLEXIVE =
  'candidate:2 1 udp 1686052607 203.0.113.9 50000 typ srflx raddr 192.168.1.7 rport 50000'
const RELAYED = 'candidate:3 1 udp 41885439 198.51.100.2 60000 typ relay raddr 203.0.113.9 rport 50'
const BARE = 'candidate:3 1 udp 41885439 198.51.100.2 60000 typ relay raddr 0.0.0.0 rport 9'
const address = { callId: aCallId(), toLeg: bob.leg().legId, generation: 1 }

const candidateOf = (candidate: string) =>
  relayedOnly({
    signal: 'call.candidate',
    body: {
      ...address,
      candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null },
    },
  })

it.each([HOST, NAMED, REFLEXIVE])('[P1] lets no own address pass: %s', (candidate) => {
  expect(candidateOf(candidate)).toBeNull()
})

it.each([
  ['the relay', RELAYED, BARE],
  ['that there are no more', '', ''],
])('[P1] tells %s', (_what, candidate, told) => {
  expect(candidateOf(candidate)).toMatchObject({ body: { candidate: { candidate: told } } })
})

it('[P1] leaves a description with what the relay has, and nothing else of where its sender is', () => {
  const lines = [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP6 2001:db8::7',
    'a=rtcp:50000 IN IP4 203.0.113.9',
    ...[HOST, NAMED, REFLEXIVE, RELAYED].map((candidate) => `a=${candidate}`),
    'a=ice-ufrag:abcd',
    '',
  ]
  expect(
    relayedOnly({ signal: 'call.offer', body: { ...address, sdp: lines.join('\r\n') } }),
  ).toEqual({
    signal: 'call.offer',
    body: {
      ...address,
      sdp: [
        'v=0',
        'o=- 1 2 IN IP4 127.0.0.1',
        'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
        'c=IN IP4 0.0.0.0',
        'a=rtcp:50000 IN IP4 0.0.0.0',
        `a=${BARE}`,
        'a=ice-ufrag:abcd',
        '',
      ].join('\r\n'),
    },
  })
})
