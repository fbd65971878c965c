import { afterEach, expect, it, vi } from 'vitest'
import { createPeerConnection } from '#client/platform/peer/createPeerConnection.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function made(options: Parameters<typeof createPeerConnection>[0]): RTCConfiguration | undefined {
  const RTCPeerConnection = vi.fn<new (given: RTCConfiguration) => object>()
  vi.stubGlobal('RTCPeerConnection', RTCPeerConnection)
  createPeerConnection(options)
  return RTCPeerConnection.mock.calls[0]?.[0]
}

it('takes the servers of the call and one transport for everything', () => {
  const turn = { urls: ['turn:turn.example.org'], username: 'u', credential: 'c' }
  expect(made({ iceServers: [turn], relayOnly: false })).toMatchObject({
    iceServers: [turn],
    iceTransportPolicy: 'all',
    bundlePolicy: 'max-bundle',
    rtcpMuxPolicy: 'require',
  })
})

it('shows no address of its own where only the relay is wanted', () => {
  expect(made({ iceServers: [], relayOnly: true })).toMatchObject({ iceTransportPolicy: 'relay' })
})
