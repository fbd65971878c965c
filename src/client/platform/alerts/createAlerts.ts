import type { Alerts } from './Alerts.ts'

/** `Alerts` over the Notification and Web Locks APIs, each of which may be missing. */
export function createAlerts(view: Window & typeof globalThis): Alerts {
  const isSupported = 'Notification' in view

  return {
    get permission() {
      return isSupported ? view.Notification.permission : 'unsupported'
    },
    async askPermission() {
      if (isSupported) await view.Notification.requestPermission()
    },
    notify({ title, body, tag, onClick }) {
      if (!isSupported || view.Notification.permission !== 'granted') return () => undefined
      const shown = show(view, title, { body, tag, requireInteraction: true })
      if (shown === null) return () => undefined
      shown.onclick = () => {
        view.focus()
        shown.close()
        onClick()
      }
      return () => {
        shown.close()
      }
    },
    holdSoundRight(name, onHeld) {
      // Without locks (an insecure origin) tabs can't agree; a ring too many beats none.
      const locks = view.navigator.locks as LockManager | undefined
      if (locks === undefined) {
        onHeld()
        return () => undefined
      }
      const done = new AbortController()
      const released = new Promise<void>((resolve) => {
        done.signal.addEventListener('abort', () => {
          resolve()
        })
      })
      locks
        .request(name, { signal: done.signal }, () => {
          onHeld()
          return released
        })
        // Given back before it was had.
        .catch(() => undefined)
      return () => {
        done.abort()
      }
    },
  }
}

/** Android refuses the constructor and wants a service worker: then there is no notification. */
function show(
  view: Window & typeof globalThis,
  title: string,
  options: NotificationOptions,
): Notification | null {
  try {
    return new view.Notification(title, options)
  } catch {
    return null
  }
}
