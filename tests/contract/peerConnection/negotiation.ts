import { answer, closeAll, connect, DATA_CHANNEL, descriptionOf, offerer } from './pair.ts'
import { countOf, equal, fails, settle, until, type PeerConnectionRule } from './rule.ts'

export const negotiation: readonly PeerConnectionRule[] = [
  {
    title: 'begins stable, new and without descriptions',
    holds({ create }) {
      const connection = create()
      equal(connection.signalingState, 'stable', 'the signaling state')
      equal(connection.connectionState, 'new', 'the connection state')
      equal(connection.localDescription, null, 'the local description')
      connection.close()
    },
  },
  {
    title: 'a new transceiver has no mid, sends nothing and receives a live track of its kind',
    holds({ create }) {
      const connection = create()
      const { mid, sender, receiver, direction } = connection.addTransceiver('video', {
        direction: 'sendrecv',
      })
      equal([mid, sender.track, direction], [null, null, 'sendrecv'], 'what it begins with')
      equal([receiver.track.kind, receiver.track.readyState], ['video', 'live'], 'what it receives')
      connection.close()
    },
  },
  {
    title: 'asks once for a negotiation, however much has changed',
    async holds(room) {
      const { connection } = offerer(room)
      const asked = countOf(connection, 'negotiationneeded')
      equal(asked(), 0, 'how often it asked at once')
      await settle()
      equal(asked(), 1, 'how often it asked')
      connection.close()
    },
  },
  {
    title: 'without an argument describes itself as the state wants it: an offer, then an answer',
    async holds(room) {
      const { connection: caller } = offerer(room)
      const callee = room.create()
      await caller.setLocalDescription()
      equal(caller.signalingState, 'have-local-offer', 'the state after the offer')
      equal(caller.localDescription?.type, 'offer', 'the first description')
      await callee.setRemoteDescription(descriptionOf(caller))
      equal(callee.signalingState, 'have-remote-offer', 'the state of who was offered')
      await callee.setLocalDescription()
      equal(callee.signalingState, 'stable', 'the state of who answered')
      equal(callee.localDescription?.type, 'answer', 'the second description')
      await caller.setRemoteDescription(descriptionOf(callee))
      equal(caller.signalingState, 'stable', 'the state after the answer')
      closeAll(caller, callee)
    },
  },
  {
    title: 'an offer gives its transceivers their mids and makes their counterparts',
    async holds(room) {
      const { connection: caller } = offerer(room)
      const callee = room.create()
      await caller.setLocalDescription()
      const mids = caller.getTransceivers().map(({ mid }) => mid)
      equal(mids, ['0', '1', '2'], 'the mids')
      await callee.setRemoteDescription(descriptionOf(caller))
      const made = callee.getTransceivers()
      equal(
        made.map(({ mid }) => mid),
        mids,
        'the mids of the counterparts',
      )
      equal(
        made.map(({ receiver, direction }) => [receiver.track.kind, direction]),
        [
          ['audio', 'recvonly'],
          ['video', 'recvonly'],
          ['video', 'recvonly'],
        ],
        'the counterparts',
      )
      closeAll(caller, callee)
    },
  },
  {
    title: 'both send and receive when the answer says so, and nobody asks to negotiate again',
    async holds(room) {
      const { connection: caller } = offerer(room)
      const callee = room.create()
      const asked = [countOf(caller, 'negotiationneeded'), countOf(callee, 'negotiationneeded')]
      await caller.setLocalDescription()
      await callee.setRemoteDescription(descriptionOf(caller))
      callee.createDataChannel('state', DATA_CHANNEL)
      await answer(caller, callee)
      for (const side of [caller, callee]) {
        const directions = side.getTransceivers().map(({ currentDirection }) => currentDirection)
        equal(directions, ['sendrecv', 'sendrecv', 'sendrecv'], 'the directions')
      }
      await settle()
      equal(
        asked.map((count) => count()),
        [0, 0],
        'how often both asked',
      )
      closeAll(caller, callee)
    },
  },
  {
    title: 'refuses an answer that it did not ask for, and one that comes late',
    async holds(room) {
      const { connection: caller } = offerer(room)
      const callee = room.create()
      await caller.setLocalDescription()
      await answer(caller, callee)
      const late = (): Promise<void> => caller.setRemoteDescription(descriptionOf(callee))
      await fails(late, 'InvalidStateError', 'a late answer')
      equal(caller.signalingState, 'stable', 'the state after it')
      closeAll(caller, callee)
    },
  },
  {
    title: 'gives way to an offer while its own is open, and asks to negotiate again afterwards',
    async holds(room) {
      const pair = await connect(room)
      const { caller, callee } = pair
      await settle()
      const asked = countOf(callee, 'negotiationneeded')
      for (const side of [caller, callee]) side.restartIce()
      await until(() => asked() === 1)
      await caller.setLocalDescription()
      await callee.setLocalDescription()
      equal(callee.signalingState, 'have-local-offer', 'the state before')
      await callee.setRemoteDescription(descriptionOf(caller))
      equal(callee.signalingState, 'have-remote-offer', 'the state after')
      await callee.setLocalDescription()
      await caller.setRemoteDescription(descriptionOf(callee))
      equal([caller.signalingState, callee.signalingState], ['stable', 'stable'], 'the states')
      closeAll(caller, callee)
    },
  },
  {
    title: 'a restart of ICE asks for a negotiation and offers under another name',
    async holds(room) {
      const { caller, callee } = await connect(room)
      const nameOf = (side: RTCPeerConnection): string | undefined =>
        /^a=ice-ufrag:(\S+)/m.exec(side.localDescription?.sdp ?? '')?.[1]
      const before = nameOf(caller)
      await settle()
      const asked = countOf(caller, 'negotiationneeded')
      caller.restartIce()
      await until(() => asked() === 1)
      await caller.setLocalDescription()
      equal(nameOf(caller) === before, false, 'whether the name stayed')
      closeAll(caller, callee)
    },
  },
  {
    title: 'refuses a description that it does not understand, and stays as it was',
    async holds({ create }) {
      const connection = create()
      const nonsense = (): Promise<void> =>
        connection.setRemoteDescription({ type: 'offer', sdp: 'v=0\r\nnonsense' })
      await fails(nonsense, 'OperationError', 'nonsense')
      equal(connection.signalingState, 'stable', 'the state after it')
      connection.close()
    },
  },
]
