import type { Locks } from '../locks/Locks.ts'
import type { Alerts } from './Alerts.ts'

/** `Alerts` over the Notification API, which may be missing, and locks between tabs. */
export function createAlerts(view: Window & typeof globalThis, locks: Locks): Alerts {
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
    holdSoundRight: (name, onHeld) => locks.hold(name, onHeld),
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
