import { useRouter, type RouteLocationRaw } from 'vue-router'

/** Go where the browser's back button goes; where that leaves the app, to the page above. */
export function useBack(): (above: RouteLocationRaw) => void {
  const router = useRouter()
  return (above) => {
    if (typeof router.options.history.state['back'] === 'string') router.back()
    else void router.replace(above)
  }
}
