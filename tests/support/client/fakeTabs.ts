import type { Tabs } from '#client/platform/tabs/Tabs.ts'

/** Makes the tabs of one browser: each hears what the others tell, and one at a time holds a thing. */
export function createTabsOfOneBrowser(): () => Tabs {
  const heard = new Set<{ tab: symbol; name: string; handler: () => void }>()
  const queues = new Map<string, (() => void)[]>()
  return () => {
    const tab = Symbol('tab')
    return {
      tell(name) {
        for (const one of heard) if (one.tab !== tab && one.name === name) one.handler()
      },
      onTold(name, handler) {
        const one = { tab, name, handler }
        heard.add(one)
        return () => heard.delete(one)
      },
      hold(name, onHeld) {
        const queue = queues.get(name) ?? []
        queues.set(name, queue)
        if (queue.push(onHeld) === 1) onHeld()
        return () => {
          const at = queue.indexOf(onHeld)
          if (at >= 0) queue.splice(at, 1)
          if (at === 0) queue[0]?.()
        }
      },
    }
  }
}
