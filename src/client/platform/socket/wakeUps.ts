import type { WakeUps } from './createSocketService.ts'

/** The browser's hints that the network may be back, and that the tab goes. */
export const browserWakeUps = (view: Window): WakeUps => ({
  onOnline(handler) {
    view.addEventListener('online', handler)
  },
  onVisible(handler) {
    view.document.addEventListener('visibilitychange', () => {
      if (view.document.visibilityState === 'visible') handler()
    })
  },
  onUnload(handler) {
    view.addEventListener('pagehide', handler)
  },
})
