import { nextTick, type Ref } from 'vue'
import { useRecentEmojiStore } from '../emoji/recentEmojiStore.ts'

/** Put an emoji where the caret is; the field does not get the focus, which would bring up a keyboard. */
export function useEmojiInsertion(
  field: Readonly<Ref<HTMLTextAreaElement | null>>,
  text: Ref<string>,
): (emoji: string) => void {
  const recentEmoji = useRecentEmojiStore()
  return (emoji) => {
    recentEmoji.use(emoji)
    const at = field.value?.selectionStart ?? text.value.length
    const until = field.value?.selectionEnd ?? at
    text.value = text.value.slice(0, at) + emoji + text.value.slice(until)
    void nextTick(() => {
      field.value?.setSelectionRange(at + emoji.length, at + emoji.length)
    })
  }
}
