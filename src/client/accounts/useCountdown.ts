import { onScopeDispose, ref, type Ref } from 'vue'

export interface Countdown {
  /** Whole seconds left; 0 when there is nothing to wait for. */
  readonly seconds: Readonly<Ref<number>>
  readonly start: (ms: number) => void
}

/** Count seconds down on screen. Stops with its component. */
export function useCountdown(): Countdown {
  const seconds = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
  }

  function start(ms: number): void {
    stop()
    seconds.value = Math.ceil(ms / 1000)
    timer = setInterval(() => {
      seconds.value -= 1
      if (seconds.value <= 0) stop()
    }, 1000)
  }

  onScopeDispose(stop)
  return { seconds, start }
}
