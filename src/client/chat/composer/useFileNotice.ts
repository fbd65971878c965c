import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { useText } from '#client/i18n/index.ts'
import { useToastStore } from '#client/layout/index.ts'

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') === true

/** What comes from a text program has a picture of the text beside it. */
const isWriting = (data: DataTransfer | null): boolean =>
  ['text/plain', 'text/html'].every((type) => data?.types.includes(type) === true)

/** Say that files can't be sent, where they are pasted or dropped; the browser would open a dropped one. */
export function useFileNotice(room: Readonly<Ref<HTMLElement | null>>): void {
  const { t } = useText()
  const toast = useToastStore()

  useEventListener(room, 'paste', ({ clipboardData }: ClipboardEvent) => {
    if (hasFiles(clipboardData) && !isWriting(clipboardData)) toast.show(t('chat.noFiles'))
  })
  useEventListener(room, 'dragover', (event: DragEvent) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault()
  })
  useEventListener(room, 'drop', (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return
    event.preventDefault()
    toast.show(t('chat.noFiles'))
  })
}
