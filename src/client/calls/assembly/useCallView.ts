import { storeToRefs } from 'pinia'
import { uuidv7 } from 'uuidv7'
import { computed, getCurrentInstance, readonly, type Ref } from 'vue'
import { useText } from '#client/i18n/index.ts'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import { ALERTS, injectAdapter, MEDIA, PAGE, SOCKET, SOUND } from '#client/platform/keys.ts'
import { useCallStore } from '../session/callStore.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { CallState } from '../machine/state.ts'
import { CALL_VIEW, type CallView } from '../view/useCall.ts'
import { useBlackBox } from './useBlackBox.ts'
import { useCallActions } from '../session/useCallActions.ts'
import { useCallAlerts } from '../ringing/useCallAlerts.ts'
import { useCallMachine } from './useCallMachine.ts'
import { useLevels } from '../media/useLevels.ts'
import { useRemoteSound } from '../media/useRemoteSound.ts'
import { useSoundBlocked } from '../media/useSoundBlocked.ts'
import { useTalkedTime } from '../session/useTalkedTime.ts'
import { useWhileCalling } from '../session/useWhileCalling.ts'

/** Put the calls room together, once, at the root of the app, and provide its view. */
export function provideCall(): CallView {
  const socket = injectAdapter(SOCKET)
  const media = injectAdapter(MEDIA)
  const sound = injectAdapter(SOUND)
  const alerts = injectAdapter(ALERTS)
  const { own, peer, sharing, lines, upgrade, quality, recovery } = useCallMachine(alerts)
  const { call } = storeToRefs(useCallStore())
  const controls = useControlsStore()
  const { peerMicrophoneOn, peerCameraOn, peerScreenOn, peerWaits, ...kept } = storeToRefs(controls)

  useCallOnPage(call, alerts)
  const remote = useRemoteSound({
    media,
    sound,
    stream: peer.remoteAudio,
    speakerId: own.speakerId,
    onSpeakerFailed({ code }, inUse) {
      controls.choose('speaker', inUse)
      controls.notice({ device: 'speaker', code })
    },
  })
  const { isUnheard, ...levels } = useLevels(own, peer.remoteAudio)
  const trouble = computed(() => (isUnheard.value ? 'unheard' : quality.trouble.value))

  const view: CallView = {
    call,
    talkedMs: useTalkedTime(call, () => socket.serverNow()),
    ...useCallActions({ socket, mintCallId: uuidv7 }),
    ...own,
    upgrade: upgrade.state,
    answerUpgrade: upgrade.answerUpgrade,
    toggleCamera: upgrade.toggleCamera,
    ...kept,
    ...remote,
    canChooseSpeaker: media.canChooseSpeaker,
    remoteAudio: peer.remoteAudio,
    remoteVideo: peer.remoteVideo,
    peerMicrophoneOn: readonly(peerMicrophoneOn),
    peerCameraOn: readonly(peerCameraOn),
    peerScreenOn: readonly(peerScreenOn),
    peerWaits: readonly(peerWaits),
    ...sharing,
    remoteScreen: peer.remoteScreen,
    lines: lines.lines,
    bars: quality.bars,
    trouble,
    offeredReport: useBlackBox({ quality, recovery, trouble, lines, sharing }),
    cameraPaused: quality.cameraPaused,
    peerCameraPaused: quality.peerCameraPaused,
    reportShown: quality.reportShown,
    ...levels,
    dismissNotice: ({ device }) => {
      controls.dismiss(device)
    },
    soundBlocked: useSoundBlocked(sound, remote.soundBlocked),
  }
  // For the pages beside this component as well: they are made later, and ask the app.
  getCurrentInstance()?.appContext.app.provide(CALL_VIEW, view)
  return view
}

/** What a call does to its page: keeps it lit and open, and rings where its tab is not seen. */
function useCallOnPage(call: Readonly<Ref<CallState | null>>, alerts: Alerts): void {
  const { t } = useText()
  const page = injectAdapter(PAGE)
  useWhileCalling(call, page)
  useCallAlerts(call, { alerts, page }, ({ peer: caller, kind }) => ({
    title: caller.nickname,
    body: t(kind === 'video' ? 'overlay.coming.video' : 'overlay.coming.audio'),
  }))
}
