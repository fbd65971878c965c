import { watch, type Ref } from 'vue'
import type { PeerState } from '#shared/protocol/peerState.ts'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type { EfficientVideo } from '#client/platform/peer/EfficientVideo.ts'
import type { PeerConnectionFactory } from '#client/platform/peer/PeerConnectionFactory.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'
import { useCallStore } from '../session/callStore.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { LegRef } from '../machine/words.ts'
import type { UseLocalMediaReturn } from '../media/useLocalMedia.ts'
import { readOutgoingKbps } from '../peer/outgoingEstimate.ts'
import { TRACK_KINDS, type TrackKind } from '../peer/trackKinds.ts'
import { usePeerConnection, type UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import type { LocalState } from '../peer/stateChannel.ts'
import type { CallView } from '../view/useCall.ts'
import { sendSignal } from '../peer/sendSignal.ts'
import { useStartBitrate } from './useStartBitrate.ts'

export interface UsePeerOptions {
  socket: SocketService
  media: MediaAdapter
  createConnection: PeerConnectionFactory
  efficientVideo: EfficientVideo
  storage: ValueStorage
  /** Only through TURN; asked for each connection. */
  relayOnly: () => boolean
  sent: SentTracks
  /** Microphone and camera as they are opened. */
  devices: Pick<UseLocalMediaReturn, 'microphone' | 'camera'>
  silenced: CallView['silenced']
  waits: CallView['waits']
  /** What else this side says of itself, and where what the peer says goes. */
  localState: () => Pick<LocalState, 'wish' | 'quality' | 'shows'>
  onPeerState: (state: PeerState) => void
}

/** What goes out, each track as soon as it is there. */
export type SentTracks = Readonly<Record<TrackKind, Readonly<Ref<MediaStreamTrack | null>>>>

/** The way to the peer: its signals, its state, and what this side sends and says. */
export function usePeer(options: UsePeerOptions): UsePeerConnectionReturn {
  const { socket, media, sent } = options
  const calls = useCallStore()
  const controls = useControlsStore()

  const peer = usePeerConnection({
    createConnection: options.createConnection,
    streamOf: (track) => media.streamOf(track),
    relayOnly: options.relayOnly,
    startBitrateKbps: () => startBitrateKbps(),
    efficientVideo: options.efficientVideo,
    onSignal(leg, signal) {
      const callId = calls.call?.callId
      if (callId === undefined) return
      // What can't be delivered is of no use later: the other side's call is over or away.
      const address = { callId, leg, relayOnly: options.relayOnly() }
      sendSignal(socket, address, signal).catch(() => undefined)
    },
    onLink(leg, link) {
      const callId = calls.call?.callId
      if (callId === undefined) return
      calls.dispatch({ type: 'link/changed', callId, legId: leg.legId, link })
    },
    onState: handleState,
  })

  function handleState(leg: LegRef, state: PeerState): void {
    const callId = calls.call?.callId
    if (callId === undefined) return
    if (state.hungUp) {
      calls.dispatch({ type: 'peer/hung-up', callId, leg, at: socket.serverNow() })
      return
    }
    if (state.accepted) calls.dispatch({ type: 'peer/accepted', callId, leg })
    if (calls.call?.status !== 'calling' || calls.call.peerLeg.legId !== leg.legId) return
    controls.peerMicrophoneOn = state.microphone
    controls.peerCameraOn = state.camera
    controls.peerScreenOn = state.screen
    controls.peerWaits = state.waits ?? { microphone: null, camera: null }
    options.onPeerState(state)
  }

  sendTracks(peer, options)
  const startBitrateKbps = useStartBitrate({
    storage: options.storage,
    isSending: () => calls.call?.status === 'calling' && sent.camera.value !== null,
    readOutgoingKbps: () => readOutgoingKbps(peer.connection()),
  })
  sayOwnState(peer, options)
  // Back from another network, most likely.
  socket.onStatus((status) => {
    if (status === 'online') peer.wake()
  })

  return peer
}

/** Each track goes out as soon as it is there; a device that was allowed shows real addresses. */
function sendTracks(
  peer: UsePeerConnectionReturn,
  { sent, devices }: Pick<UsePeerOptions, 'sent' | 'devices'>,
): void {
  for (const kind of TRACK_KINDS) {
    watch(
      sent[kind],
      (track) => {
        peer.sendTrack(kind, track)
      },
      { flush: 'sync' },
    )
  }
  watch(
    [devices.microphone, devices.camera],
    (tracks, before) => {
      const hasCome = tracks.some((track, index) => track !== null && before[index] === null)
      if (hasCome) peer.reveal()
    },
    { flush: 'sync' },
  )
}

/** What this side is, is said as soon as it changes. */
function sayOwnState(
  peer: UsePeerConnectionReturn,
  {
    sent,
    silenced,
    waits,
    localState,
  }: Pick<UsePeerOptions, 'sent' | 'silenced' | 'waits' | 'localState'>,
): void {
  const calls = useCallStore()
  const controls = useControlsStore()

  watch(
    () => ({
      status: calls.call?.status,
      // What opens quickly counts as on from the press on: nobody shall read "muted" for that moment.
      microphone:
        controls.microphone === 'on' &&
        waits.value.microphone === null &&
        !silenced.value.includes('microphone'),
      camera: controls.camera === 'on' && waits.value.camera === null,
      waits: waits.value,
      screen: sent.screen.value !== null,
      ...localState(),
    }),
    ({ status, ...state }) => {
      if (status === 'calling') peer.say({ accepted: true, hungUp: false, ...state })
    },
    { flush: 'sync' },
  )
}
