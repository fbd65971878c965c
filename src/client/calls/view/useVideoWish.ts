import { useTimeoutFn } from '@vueuse/core'
import { computed, shallowRef, watch, type ShallowRef } from 'vue'
import type { VideoWish } from '#shared/protocol/peerState.ts'
import { useCallStore } from '../callStore.ts'
import { useControlsStore } from '../controlsStore.ts'
import type { CallView, WishState } from '../useCall.ts'
import { answer, ask, hear, isAsked, NO_WISH, withdraw } from '../wish/videoWish.ts'
import type { UseLinesReturn } from './useLines.ts'

/** Nobody looks at the screen for ever. */
const UNANSWERED_AFTER_MS = 30_000

export interface UseVideoWishOptions {
  say: UseLinesReturn['say']
  /** Switch the camera, as a press on its button does where nobody has to be asked. */
  toggleCamera: () => void
  /** Rises; no two wishes of a call are of the same number. */
  number: () => number
}

export interface UseVideoWishReturn extends Pick<CallView, 'wish' | 'answerWish' | 'toggleCamera'> {
  /** What this side says of it to the peer. */
  mine: Readonly<ShallowRef<VideoWish>>
  /** What the peer says; undefined from a client that knows no wishes. */
  hear(theirs: VideoWish | undefined): void
}

/** From voice to pictures by asking: no camera goes on because the other side wants it. */
export function useVideoWish({
  say,
  toggleCamera,
  number,
}: UseVideoWishOptions): UseVideoWishReturn {
  const controls = useControlsStore()
  const mine = shallowRef(NO_WISH)
  const theirs = shallowRef<VideoWish | null>(null)
  /** They have agreed on pictures in this call: from then on each switches its own. */
  const isAgreed = shallowRef(false)

  const patience = useTimeoutFn(
    () => {
      mine.value = withdraw(mine.value)
      say({ word: 'wishUnanswered' })
    },
    UNANSWERED_AFTER_MS,
    { immediate: false },
  )

  onNextCall(() => {
    patience.stop()
    mine.value = NO_WISH
    theirs.value = null
    isAgreed.value = false
  })

  function showCamera(): void {
    isAgreed.value = true
    if (controls.camera !== 'on') toggleCamera()
  }

  const wish = computed((): WishState => {
    if (mine.value.open) return 'asking'
    return theirs.value !== null && isAsked(mine.value, theirs.value) ? 'asked' : 'none'
  })

  function answerWish(yes: boolean): void {
    if (theirs.value === null || wish.value !== 'asked') return
    mine.value = answer(mine.value, theirs.value, yes)
    if (yes) showCamera()
  }

  function press(): void {
    if (wish.value === 'asking') {
      patience.stop()
      mine.value = withdraw(mine.value)
    } else if (wish.value === 'asked') {
      // It says yes as clearly as the button beside the question.
      answerWish(true)
    } else if (mustAsk(theirs.value, isAgreed.value)) {
      mine.value = ask(mine.value, number())
      patience.start()
    } else toggleCamera()
  }

  function handleWord(said: VideoWish | undefined): void {
    theirs.value = said ?? null
    if (said === undefined) return
    const heard = hear(mine.value, said)
    mine.value = heard.mine
    if (heard.news === null) return
    patience.stop()
    if (heard.news === 'agreed') showCamera()
    else say({ word: 'wishDeclined' })
  }

  return { mine, wish, hear: handleWord, answerWish, toggleCamera: press }
}

/** A voice call without any picture of a camera, with a peer that can be asked. */
function mustAsk(theirs: VideoWish | null, isAgreed: boolean): boolean {
  const { call } = useCallStore()
  const { camera, peerCameraOn } = useControlsStore()
  const isVoice = call?.status === 'calling' && call.kind === 'audio'
  return isVoice && theirs !== null && !isAgreed && !peerCameraOn && camera === 'off'
}

function onNextCall(forget: () => void): void {
  const calls = useCallStore()
  watch(() => calls.call?.callId, forget, { flush: 'sync' })
}
