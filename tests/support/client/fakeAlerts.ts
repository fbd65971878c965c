import type { Alerts } from '#client/platform/alerts/Alerts.ts'

export interface FakeAlerts extends Alerts {
  permission: Alerts['permission']
  /** What the user will say when asked. */
  answer: 'denied' | 'granted'
}

/** A browser whose user has not been asked yet; nothing is ever shown. */
export function createFakeAlerts(): FakeAlerts {
  return {
    permission: 'default',
    answer: 'granted',
    notify: () => () => undefined,
    askPermission() {
      this.permission = this.answer
      return Promise.resolve()
    },
    holdSoundRight(_, onHeld) {
      onHeld()
      return () => undefined
    },
  }
}
