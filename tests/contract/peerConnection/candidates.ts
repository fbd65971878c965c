import { closeAll, connect, offerer } from './pair.ts'
import { equal, fails, settle, until, type PeerConnectionRule } from './rule.ts'

export const CANDIDATE = {
  candidate: 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
}

export const candidates: readonly PeerConnectionRule[] = [
  {
    title: 'refuses a candidate before the remote description, though it is stable',
    async holds({ create }) {
      const connection = create()
      equal(connection.signalingState, 'stable', 'the state')
      await fails(() => connection.addIceCandidate(CANDIDATE), 'InvalidStateError', 'the candidate')
      connection.close()
    },
  },
  {
    title: 'refuses a candidate before the answer to its offer',
    async holds(room) {
      const { connection } = offerer(room)
      await connection.setLocalDescription()
      await fails(() => connection.addIceCandidate(CANDIDATE), 'InvalidStateError', 'the candidate')
      connection.close()
    },
  },
  {
    title: 'takes a candidate and the end of them, refuses one of no m-line and one that is none',
    async holds(room) {
      const { caller, callee } = await connect(room)
      await callee.addIceCandidate(CANDIDATE)
      await callee.addIceCandidate({ candidate: '', sdpMid: '0', sdpMLineIndex: 0 })
      const foreign = (): Promise<void> =>
        callee.addIceCandidate({ ...CANDIDATE, sdpMid: 'foreign' })
      const broken = (): Promise<void> =>
        callee.addIceCandidate({ ...CANDIDATE, candidate: 'broken' })
      await fails(foreign, 'OperationError', 'a candidate of no m-line')
      await fails(broken, 'OperationError', 'what is no candidate')
      closeAll(caller, callee)
    },
  },
  {
    title:
      'finds candidates once it has described itself, all of the first m-line, and says the end',
    async holds(room) {
      const { connection } = offerer(room)
      const found: (RTCIceCandidate | null)[] = []
      connection.addEventListener('icecandidate', ({ candidate }) => found.push(candidate))
      await settle()
      equal(found.length, 0, 'how many it found before')
      await connection.setLocalDescription()
      await until(() => found.at(-1) === null)
      const mids = new Set(found.flatMap((one) => (one === null ? [] : [one.sdpMid])))
      equal([...mids], ['0'], 'their m-lines')
      connection.close()
    },
  },
]
