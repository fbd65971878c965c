import { inject, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { CallKind } from '#shared/protocol/calls.ts'
import type { Waits } from '#shared/protocol/peerState.ts'
import type { ProcessorKind } from '#client/platform/media/processors/TrackProcessor.ts'
import type {
  CallLine,
  CallNotice,
  ControlState,
  DeviceChoice,
  DeviceKind,
  InputKind,
  ProcessorState,
  UpgradeState,
} from '../words/callWords.ts'
import type { CallState } from '../machine/state.ts'
import type { Bars } from '../quality/score.ts'
import type { Trouble } from '../quality/useQuality.ts'
import type { ShownPicture } from '../quality/useShown.ts'

/** Everything that the overlay shows and does: the one view of the call for components. */
export interface CallView {
  /** The call of this tab, or null. */
  readonly call: Readonly<ShallowRef<CallState | null>>
  /** Talking time in ms by the server's clock, renewed each second; null while nobody has answered. */
  readonly talkedMs: ComputedRef<number | null>

  dial(peer: UserView, kind: CallKind): void
  accept(options: { muted: boolean }): void
  reject(text?: string): void
  cancel(): void
  hangUp(): void

  readonly microphone: Readonly<Ref<ControlState>>
  readonly camera: Readonly<Ref<ControlState>>
  /** True while a press of the same button is still being carried out. */
  readonly cameraBusy: Readonly<Ref<boolean>>
  /** On, and held by the system: nothing comes from them until it lets go. */
  readonly silenced: Readonly<Ref<readonly InputKind[]>>
  /** On, and not there yet: the browser asks for it, or it is slow to open. */
  readonly waits: Readonly<Ref<Waits>>
  toggleMicrophone(): void
  /** In a voice call it asks the peer first; pressed again, it withdraws the request. */
  toggleCamera(): void
  readonly upgrade: Readonly<Ref<UpgradeState>>
  /** The peer wants pictures: yes opens my camera, too. */
  answerUpgrade(yes: boolean): void
  /** The other camera of a phone; `canFlip` is false where there is only one. */
  readonly canFlip: Readonly<Ref<boolean>>
  flipCamera(): void

  readonly devices: Readonly<Ref<Readonly<Record<DeviceKind, readonly DeviceChoice[]>>>>
  /** Id of the device in use; null is the system's choice. */
  readonly chosen: Readonly<Ref<Readonly<Record<DeviceKind, string | null>>>>
  /** False where the browser can't choose an output (`setSinkId`). */
  readonly canChooseSpeaker: boolean
  /** null leaves it to the system. */
  chooseDevice(kind: DeviceKind, id: string | null): void

  /** What can be done here to voice and picture before they are sent. */
  readonly processorsOffered: readonly ProcessorKind[]
  readonly processors: Readonly<Ref<Readonly<Record<ProcessorKind, ProcessorState>>>>
  switchProcessor(kind: ProcessorKind, isOn: boolean): void
  /** Processors that switched themselves off, while the user has not dismissed the notice. */
  readonly processorsGivenUp: Readonly<Ref<readonly ProcessorKind[]>>
  dismissProcessor(kind: ProcessorKind): void

  /** My camera as it is sent, for the preview; null while it is off. */
  readonly localVideo: Readonly<ShallowRef<MediaStream | null>>
  readonly remoteAudio: Readonly<ShallowRef<MediaStream | null>>
  readonly remoteVideo: Readonly<ShallowRef<MediaStream | null>>
  /** What the peer says of its own devices. */
  readonly peerMicrophoneOn: Readonly<Ref<boolean>>
  readonly peerCameraOn: Readonly<Ref<boolean>>
  readonly peerWaits: Readonly<Ref<Waits>>

  /** False where the browser can't share a screen: most phones. */
  readonly canShareScreen: boolean
  /** The browser asks what to share. */
  readonly screenBusy: Readonly<Ref<boolean>>
  /** What I share, for the preview; null while I share nothing. */
  readonly localScreen: Readonly<ShallowRef<MediaStream | null>>
  readonly remoteScreen: Readonly<ShallowRef<MediaStream | null>>
  readonly peerScreenOn: Readonly<Ref<boolean>>
  toggleScreen(): void

  /** Loudness 0…1, about ten times a second while someone looks. */
  readonly localLevel: Readonly<Ref<number>>
  readonly remoteLevel: Readonly<Ref<number>>

  /** How good each side's network is, in bars of four; null while nothing is known. */
  readonly bars: Readonly<Ref<{ readonly mine: Bars; readonly theirs: Bars } | null>>
  /** What is wrong, when it matters; steady, so that nothing blinks. */
  readonly trouble: Readonly<Ref<Trouble | null>>
  /** A camera that makes room for the voice, and goes on by itself. */
  readonly cameraPaused: Readonly<Ref<boolean>>
  readonly peerCameraPaused: Readonly<Ref<boolean>>
  /** The overlay tells how the peer's picture is shown, so that no more is sent than is seen. */
  reportShown(kind: 'camera' | 'screen', shown: ShownPicture | null): void

  /** The call whose report is offered, since it went badly: the one at hand, at its end. */
  readonly offeredReport: ComputedRef<string | null>

  readonly minimised: Ref<boolean>
  /** What has just happened, gone by itself. */
  readonly lines: Readonly<ShallowRef<readonly CallLine[]>>
  readonly notices: Readonly<Ref<readonly CallNotice[]>>
  dismissNotice(notice: CallNotice): void
  /** The browser refuses sound until a click; the overlay shows a button that calls `unlockSound`. */
  readonly soundBlocked: Readonly<Ref<boolean>>
  unlockSound(): void
  /** The output of remote sound: the overlay hands in its audio element once. */
  attachRemoteAudio(element: HTMLAudioElement | null): void
}

export const CALL_VIEW: InjectionKey<CallView> = Symbol('call view')

/** The call, for components below `CallLayer`. */
export function useCall(): CallView {
  const view = inject(CALL_VIEW)
  if (view === undefined) throw new Error('useCall outside of the composition root')
  return view
}
