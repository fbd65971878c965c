import { computed, type ComputedRef } from 'vue'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import { useScreen, type UseScreenReturn } from './useScreen.ts'
import type { CallView } from '../view/useCall.ts'
import type { UseLinesReturn } from '../words/useLines.ts'

export interface UseScreenShareReturn extends Pick<
  CallView,
  'canShareScreen' | 'screenBusy' | 'toggleScreen'
> {
  local: UseScreenReturn
  localScreen: ComputedRef<MediaStream | null>
}

/** Screen sharing as the user controls and sees it. */
export function useScreenShare(
  media: MediaAdapter,
  { say }: Pick<UseLinesReturn, 'say'>,
): UseScreenShareReturn {
  const local = useScreen({
    media,
    onFailure({ code }) {
      say({ word: code === 'media/permission-denied' ? 'screenDenied' : 'screenFailed' })
    },
  })

  return {
    local,
    canShareScreen: media.canShareScreen,
    screenBusy: local.isAsking,
    localScreen: computed(() =>
      local.picture.value === null ? null : media.streamOf(local.picture.value),
    ),
    toggleScreen() {
      if (local.picture.value === null) local.start()
      else local.stop()
    },
  }
}
