import { onScopeDispose, ref, type Ref } from 'vue'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import { ALERTS, injectAdapter, PAGE } from '#client/platform/keys.ts'

export interface UseAlertPermissionReturn {
  readonly permission: Readonly<Ref<Alerts['permission']>>
  /** Inside of a gesture. */
  ask: () => Promise<void>
}

/** Whether the system may show a call that comes in; the user may change it in the browser meanwhile. */
export function useAlertPermission(): UseAlertPermissionReturn {
  const alerts = injectAdapter(ALERTS)
  const permission = ref(alerts.permission)

  function read(): void {
    permission.value = alerts.permission
  }

  onScopeDispose(injectAdapter(PAGE).onVisibility(read))

  return {
    permission,
    async ask() {
      await alerts.askPermission()
      read()
    },
  }
}
