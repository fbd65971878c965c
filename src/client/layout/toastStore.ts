import { defineStore } from 'pinia'
import { ref } from 'vue'

const SHOWN_MS = 2_500

/** One short line that passes by: something was done, or could not be. */
export const useToastStore = defineStore('toast', () => {
  const text = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(words: string): void {
    clearTimeout(timer)
    text.value = words
    timer = setTimeout(() => {
      text.value = ''
    }, SHOWN_MS)
  }

  return { text, show }
})
