import { onScopeDispose } from 'vue'
import { useRouter, type Router, type RouterHistory } from 'vue-router'

/** Back, where what is behind can't be seen: the call makes way, and the page behind it stays. */
export function useBackKey(isCovering: () => boolean, leave: () => void): void {
  const router = useRouter()
  const step = stepOf(router)
  const stopGuarding = router.beforeEach(() => {
    const mustStay = step.isBack && isCovering()
    if (mustStay) leave()
    return !mustStay
  })
  onScopeDispose(stopGuarding)
}

interface Step {
  /** The navigation under way goes back in the history. */
  isBack: boolean
}

const steps = new WeakMap<RouterHistory, Step>()

/**
 * Heard once for each router: vue-router keeps what `history.listen` returns until the router ends,
 * and with it everything that the listener knows.
 */
function stepOf(router: Router): Step {
  const { history } = router.options
  const known = steps.get(history)
  if (known !== undefined) return known
  const step = { isBack: false }
  steps.set(history, step)
  history.listen((_to, _from, { delta }) => {
    step.isBack = delta < 0
  })
  router.afterEach(() => {
    step.isBack = false
  })
  return step
}
