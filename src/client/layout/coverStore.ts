import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether something lies over the whole page: nobody sees then what is on it. */
export const useCoverStore = defineStore('cover', () => {
  const isCovered = ref(false)
  return { isCovered }
})
