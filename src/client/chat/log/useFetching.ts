import { ref, type Ref } from 'vue'

export interface Fetching {
  readonly isBusy: Readonly<Ref<boolean>>
  readonly fetch: () => Promise<void>
}

/** Fetch the next page at one end, one at a time. @param load null: there is nothing more */
export function useFetching(load: () => (() => Promise<void>) | null): Fetching {
  const isBusy = ref(false)
  return {
    isBusy,
    async fetch() {
      const next = load()
      if (isBusy.value || next === null) return
      isBusy.value = true
      await next()
      isBusy.value = false
    },
  }
}
