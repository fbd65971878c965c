import { vi } from 'vitest'
import type { PeerConnectionFactory } from '#client/platform/peer/PeerConnectionFactory.ts'
import { usePeerConnection } from '#client/calls/peer/usePeerConnection.ts'
import type { Signal } from '#client/calls/machine/signal.ts'
import type { LegRef } from '#client/calls/machine/words.ts'
import { createFakeNetwork } from './fakeNetwork.ts'
import { asConnection, FakePeerConnection } from './FakePeerConnection.ts'
import { fakeStreamOf } from './FakeTrack.ts'

/** Let fake time go by. @param ms one second, when left out */
export const pass = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms)
export const leg = (name: string): LegRef => ({ legId: name, deviceId: `device of ${name}` })

/** One side, with what its connections were made of, and what came of them. */
export type Peer = ReturnType<typeof createPeer>

/** Legs by name on one network; what each signals goes to whom it names. */
export function createRoom({ resolvesNames = true } = {}) {
  const network = createFakeNetwork()
  const peers = new Map<string, Peer>()
  const add = (name: string): Peer => {
    const peer = createPeer(network, (to, signal) => {
      if (!resolvesNames && JSON.stringify(signal).includes('.local ')) return
      peers.get(to.legId)?.legs.signal(leg(name), signal)
    })
    peers.set(name, peer)
    return peer
  }
  return { network, add }
}

function createPeer(
  network: ReturnType<typeof createFakeNetwork>,
  send: (to: LegRef, signal: Signal) => void,
) {
  const connections: FakePeerConnection[] = []
  const made: Parameters<PeerConnectionFactory>[0][] = []
  const links: string[] = []
  const heard: string[] = []
  let address: string | null = null
  const legs = usePeerConnection({
    createConnection: (options) => {
      const connection = new FakePeerConnection(network)
      connection.address = address
      connections.push(connection)
      made.push(options)
      return asConnection(connection)
    },
    streamOf: fakeStreamOf,
    relayOnly: () => false,
    startBitrateKbps: () => 2_000,
    efficientVideo: () => [],
    onSignal: send,
    onLink: (from, link) => links.push(`${from.legId} ${link}`),
    onState: (from, { accepted, hungUp, microphone }) => {
      heard.push(`${from.legId} ${JSON.stringify({ accepted, hungUp, microphone })}`)
    },
  })
  const sending = () =>
    connections
      .filter(({ signalingState }) => signalingState !== 'closed')
      .flatMap((one) => one.getSenders().map(({ track }) => track))
      .filter((track) => track !== null)
  /** A device is allowed: what is gathered from now on shows an address. */
  function allow(): void {
    address = '192.0.2.1'
    legs.reveal()
  }
  return { allow, legs, connections, made, links, heard, sending }
}

/** From now on no packet of sound is played on the first of these connections. */
export function freezeSound([first]: readonly FakePeerConnection[]): void {
  const [sound] = first?.getTransceivers() ?? []
  if (sound === undefined) throw new Error('there is no sound')
  sound.receiver.getSynchronizationSources = () => [{ timestamp: 1, source: 1, rtpTimestamp: 1 }]
}
