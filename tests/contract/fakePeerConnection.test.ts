import { describe, it } from 'vitest'
import { createFakeNetwork } from '../support/peer/fakeNetwork.ts'
import { asConnection, FakePeerConnection } from '../support/peer/FakePeerConnection.ts'
import { asTrack, FakeTrack } from '../support/peer/FakeTrack.ts'
import { peerConnectionContract } from './peerConnection/contract.ts'

describe('the fake RTCPeerConnection', () => {
  it.each(peerConnectionContract)('$title', async ({ holds }) => {
    const network = createFakeNetwork()
    await holds({
      create: () => asConnection(new FakePeerConnection(network)),
      audioTrack: () => asTrack(new FakeTrack('audio')),
    })
  })
})
