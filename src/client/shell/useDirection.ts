import { ref, type Ref } from 'vue'
import { useRouter } from 'vue-router'

export type Direction = 'forward' | 'back'

/** Whether the last step went on or back, by the browser's own history. */
export function useDirection(): Readonly<Ref<Direction>> {
  const router = useRouter()
  const direction = ref<Direction>('forward')
  const positionNow = (): number => Number(router.options.history.state['position'] ?? 0)
  let position = positionNow()

  router.beforeResolve(() => {
    const next = positionNow()
    direction.value = next < position ? 'back' : 'forward'
    position = next
  })
  router.afterEach(() => {
    position = positionNow()
  })
  return direction
}
