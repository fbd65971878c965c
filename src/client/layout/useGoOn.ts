import { onBeforeRouteLeave, useRouter } from 'vue-router'

/**
 * Go on to another page, instead of this one, when something is done.
 * @returns goes there, unless its user has gone elsewhere meanwhile: nobody is fetched back
 */
export function useGoOn(): (path: string) => Promise<void> {
  const router = useRouter()
  let hasLeft = false

  // Before the next page is loaded, and so before this one is gone.
  onBeforeRouteLeave(() => {
    hasLeft = true
  })
  return async (path) => {
    if (!hasLeft) await router.replace(path)
  }
}
