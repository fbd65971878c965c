import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether something covers the whole page, so that nobody sees it. */
export const useCoverStore = defineStore('cover', () => {
  const isCovered = ref(false)
  return { isCovered }
})
