/**
 * Keeps the screen lit until the returned function is called. The browser lets go whenever the page is
 * hidden, so it is taken again when the page is shown.
 */
export function keepAwake({ navigator, document }: Window): () => void {
  if (!('wakeLock' in navigator)) return () => undefined
  let isWanted = true
  let lock: WakeLockSentinel | null = null

  async function take(): Promise<void> {
    if (document.visibilityState !== 'visible') return
    // Refused where the battery is low: the screen goes dark as ever.
    const taken = await navigator.wakeLock.request('screen').catch(() => null)
    if (taken === null) return
    // There may be one already: the page was hidden and shown before the browser answered.
    const spare = isWanted ? lock : taken
    if (isWanted) lock = taken
    await spare?.release()
  }

  const handle = (): void => void take()
  document.addEventListener('visibilitychange', handle)
  void take()
  return () => {
    isWanted = false
    document.removeEventListener('visibilitychange', handle)
    void lock?.release()
  }
}
