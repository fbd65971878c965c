/** When trying at once makes sense, and when the tab goes. Each returns nothing: they last as long as the tab. */
export interface WakeUps {
  onOnline(handler: () => void): void
  onVisible(handler: () => void): void
  onUnload(handler: () => void): void
}

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
