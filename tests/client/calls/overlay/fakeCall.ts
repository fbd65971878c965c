import { computed, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { vi, type Mock } from 'vitest'
import type { LegRef } from '#shared/protocol/calls.ts'
import type { Waits } from '#shared/protocol/peerState.ts'
import type { CallOf, CallState } from '../../../../src/client/calls/machine/state.ts'
import type { ProcessorKind } from '../../../../src/client/platform/media/processors/TrackProcessor.ts'
import type { Bars } from '../../../../src/client/calls/quality/score.ts'
import type { Trouble } from '../../../../src/client/calls/quality/useQuality.ts'
import type {
  CallLine,
  CallNotice,
  ControlState,
  DeviceChoice,
  DeviceKind,
  ProcessorState,
  InputKind,
  UpgradeState,
} from '../../../../src/client/calls/words/callWords.ts'
import type { CallView } from '../../../../src/client/calls/view/useCall.ts'

type Acts = {
  [K in keyof CallView as CallView[K] extends (...args: never[]) => unknown ? K : never]: Mock
}

/** A CallView without a call behind it: the test sets what is shown and sees what was pressed. */
export type FakeCall = Omit<CallView, keyof Acts> &
  Acts & {
    readonly call: ShallowRef<CallState | null>
    readonly talked: Ref<number | null>
    readonly microphone: Ref<ControlState>
    readonly camera: Ref<ControlState>
    readonly cameraBusy: Ref<boolean>
    readonly canFlip: Ref<boolean>
    readonly devices: Ref<Record<DeviceKind, readonly DeviceChoice[]>>
    readonly chosen: Ref<Record<DeviceKind, string | null>>
    readonly processors: Ref<Record<ProcessorKind, ProcessorState>>
    readonly processorsGivenUp: Ref<readonly ProcessorKind[]>
    readonly localVideo: ShallowRef<MediaStream | null>
    readonly remoteVideo: ShallowRef<MediaStream | null>
    readonly peerMicrophoneOn: Ref<boolean>
    readonly peerCameraOn: Ref<boolean>
    readonly peerWaits: Ref<Waits>
    readonly bars: Ref<{ mine: Bars; theirs: Bars } | null>
    readonly trouble: Ref<Trouble | null>
    readonly cameraPaused: Ref<boolean>
    readonly offered: Ref<string | null>
    readonly peerCameraPaused: Ref<boolean>
    readonly silenced: Ref<readonly InputKind[]>
    readonly waits: Ref<Waits>
    readonly upgrade: Ref<UpgradeState>
    readonly screenBusy: Ref<boolean>
    readonly localScreen: ShallowRef<MediaStream | null>
    readonly remoteScreen: ShallowRef<MediaStream | null>
    readonly peerScreenOn: Ref<boolean>
    readonly lines: ShallowRef<readonly CallLine[]>
    readonly notices: Ref<readonly CallNotice[]>
    readonly soundBlocked: Ref<boolean>
  }

const LEG: LegRef = { legId: 'leg', deviceId: 'device' }
const CALL = {
  callId: 'call-1',
  peer: { id: 'user-2', nickname: '安然' },
  kind: 'audio',
} as const

export const waiting = (part: Partial<CallOf<'waiting'>> = {}): CallOf<'waiting'> => ({
  ...CALL,
  status: 'waiting',
  role: 'caller',
  invitedAt: 0,
  reach: 'sent',
  hinted: false,
  legs: [],
  ...part,
})

export const coming = (part: Partial<CallOf<'coming'>> = {}): CallOf<'coming'> => ({
  ...CALL,
  status: 'coming',
  role: 'callee',
  invitedAt: 0,
  callerLeg: LEG,
  callerAbsence: null,
  ...part,
})

export const calling = (part: Partial<CallOf<'calling'>> = {}): CallOf<'calling'> => ({
  ...CALL,
  status: 'calling',
  role: 'caller',
  acceptedAt: 0,
  link: 'connected',
  peerLeg: LEG,
  peerAbsence: null,
  ...part,
})

export const closing = (part: Partial<CallOf<'closing'>> = {}): CallOf<'closing'> => ({
  ...CALL,
  status: 'closing',
  role: 'caller',
  outcome: 'completed',
  durationMs: 0,
  failure: null,
  ...part,
})

/** As much of a stream as a picture asks for. */
export function fakeStream(facingMode = 'user'): MediaStream {
  const stream = new MediaStream()
  const track = { getSettings: () => ({ facingMode }) }
  vi.spyOn(stream, 'getVideoTracks').mockReturnValue([track as MediaStreamTrack])
  return stream
}

export function createFakeCall(call: CallState | null = null): FakeCall {
  const talked = ref<number | null>(0)
  const offered = ref<string | null>(null)
  return {
    call: shallowRef(call),
    talked,
    talkedMs: computed(() => talked.value),
    dial: vi.fn(),
    accept: vi.fn(),
    reject: vi.fn(),
    cancel: vi.fn(),
    hangUp: vi.fn(),
    microphone: ref<ControlState>('on'),
    camera: ref<ControlState>('off'),
    cameraBusy: ref(false),
    toggleMicrophone: vi.fn(),
    bars: ref(null),
    trouble: ref(null),
    offeredReport: computed(() => offered.value),
    offered,
    cameraPaused: ref(false),
    peerCameraPaused: ref(false),
    reportShown: vi.fn(),
    silenced: ref([]),
    waits: ref({ microphone: null, camera: null }),
    toggleCamera: vi.fn(),
    upgrade: ref<UpgradeState>('none'),
    answerUpgrade: vi.fn(),
    canFlip: ref(false),
    flipCamera: vi.fn(),
    devices: ref({ microphone: [], camera: [], speaker: [] }),
    chosen: ref({ microphone: null, camera: null, speaker: null }),
    canChooseSpeaker: true,
    chooseDevice: vi.fn(),
    processorsOffered: ['noise', 'blur'],
    processors: ref({ noise: 'off' as const, blur: 'off' as const }),
    processorsGivenUp: ref([]),
    switchProcessor: vi.fn(),
    dismissProcessor: vi.fn(),
    localVideo: shallowRef(null),
    remoteAudio: shallowRef(null),
    remoteVideo: shallowRef(null),
    peerMicrophoneOn: ref(true),
    peerCameraOn: ref(true),
    peerWaits: ref({ microphone: null, camera: null }),
    canShareScreen: true,
    screenBusy: ref(false),
    localScreen: shallowRef(null),
    remoteScreen: shallowRef(null),
    peerScreenOn: ref(false),
    toggleScreen: vi.fn(),
    lines: shallowRef([]),
    localLevel: ref(0),
    remoteLevel: ref(0),
    minimised: ref(false),
    notices: ref([]),
    dismissNotice: vi.fn(),
    soundBlocked: ref(false),
    unlockSound: vi.fn(),
    attachRemoteAudio: vi.fn(),
  }
}
