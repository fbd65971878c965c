import { CANDIDATE } from './candidates.ts'
import { descriptionOf, offerer } from './pair.ts'
import { countOf, equal, fails, settle, type PeerConnectionRule } from './rule.ts'

export const ending: readonly PeerConnectionRule[] = [
  {
    title: 'after close does nothing, says nothing, and may be closed again',
    async holds(room) {
      const { connection } = offerer(room)
      await connection.setLocalDescription()
      const said = [
        'icecandidate',
        'negotiationneeded',
        'connectionstatechange',
        'signalingstatechange',
      ].map((event) => countOf(connection, event))
      const before = said.map((count) => count())
      connection.close()
      connection.close()
      equal(
        [connection.signalingState, connection.connectionState],
        ['closed', 'closed'],
        'the states',
      )
      const [sender] = connection.getSenders()
      const refused: Readonly<Record<string, () => unknown>> = {
        'a transceiver': () => connection.addTransceiver('audio'),
        'a channel': () => connection.createDataChannel('late', { negotiated: true, id: 1 }),
        'a local description': () => connection.setLocalDescription(),
        'a remote description': () => connection.setRemoteDescription(descriptionOf(connection)),
        'a candidate': () => connection.addIceCandidate(CANDIDATE),
        'a track': () => sender?.replaceTrack(room.audioTrack()),
      }
      for (const [what, attempt] of Object.entries(refused)) {
        await fails(attempt, 'InvalidStateError', what)
      }
      connection.restartIce()
      await settle()
      equal(
        said.map((count) => count()),
        before,
        'what it said',
      )
    },
  },
  {
    title: 'what was under way when it was closed does not come true',
    async holds(room) {
      const { connection } = offerer(room)
      const under = connection.setLocalDescription().then(
        () => 'came true',
        () => 'failed',
      )
      connection.close()
      const never = settle().then(() => 'never answered')
      equal((await Promise.race([under, never])) === 'came true', false, 'whether it came true')
      equal(connection.signalingState, 'closed', 'the state')
    },
  },
]
