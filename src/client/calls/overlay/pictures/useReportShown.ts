import { useDebounceFn, useElementSize, useEventListener } from '@vueuse/core'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { CallView } from '../../view/useCall.ts'
import type { Picture } from './usePictures.ts'

/** A window that is dragged has many sizes; the peer needs the last one. */
const CALM_MS = 150

const KINDS = { remoteCamera: 'camera', remoteScreen: 'screen' } as const

/** Tells how high a picture of the peer is shown here; pictures of mine are nobody's matter. */
export function useReportShown(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  picture: () => Picture,
  report: CallView['reportShown'],
): void {
  const { height } = useElementSize(video)
  const floats = ref(false)
  useEventListener(video, 'enterpictureinpicture', () => (floats.value = true))
  useEventListener(video, 'leavepictureinpicture', () => (floats.value = false))

  const { id } = picture()
  if (id !== 'remoteCamera' && id !== 'remoteScreen') return
  const kind = KINDS[id]

  const tell = useDebounceFn(() => {
    const { stream } = picture()
    const ratio = video.value?.ownerDocument.defaultView?.devicePixelRatio ?? 1
    const isThere = stream !== null && video.value !== null
    report(kind, isThere ? { height: height.value * ratio, floats: floats.value } : null)
  }, CALM_MS)
  watch([height, floats, () => picture().stream], () => void tell())
  onScopeDispose(() => {
    report(kind, null)
  })
}
