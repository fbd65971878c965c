import type { Tabs } from './Tabs.ts'

/** `Tabs` over BroadcastChannel and Web Locks. */
export function createTabs(view: Window & typeof globalThis): Tabs {
  const channel = new view.BroadcastChannel('ahoy')
  const handlers = new Map<string, Set<() => void>>()
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    for (const handler of handlers.get(String(data)) ?? []) handler()
  }

  return {
    tell(name) {
      channel.postMessage(name)
    },
    onTold(name, handler) {
      const heard = handlers.get(name) ?? new Set()
      handlers.set(name, heard.add(handler))
      return () => void heard.delete(handler)
    },
    hold(name, onHeld) {
      const locks = view.navigator.locks as LockManager | undefined
      // Without locks (an insecure origin) each tab does it: what is sent twice is one message.
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
