import { onTestFinished } from 'vitest'
import { systemClock } from '#server/platform/clock.ts'
import { createFakeNetwork, type FakeNetwork } from '../peer/fakeNetwork.ts'
import type { Browser } from '../server/browser.ts'
import { listen } from '../server/listen.ts'
import { createTestApp, type TestApp } from '../server/testApp.ts'
import { useVirtualTime } from '../server/virtualTime.ts'
import { openTab, type Tab, type TabOptions } from './tab.ts'

/** A whole server on a port of its own, and people with whole clients, in virtual time. */
export interface Harbour {
  readonly server: TestApp
  readonly network: FakeNetwork
  readonly origin: string
  /** Log the n-th demo account (from 1) in. */
  arrive(n: number): Promise<Person>
  /** Close the server and build another one on the same data and port. @returns the new one */
  restart(): Promise<TestApp>
}

/** Someone who is logged in. */
export interface Person {
  readonly id: string
  readonly nickname: string
  readonly browser: Browser
  /** One more tab of the same browser, online; `deviceId` says which device. */
  openTab(options?: Pick<TabOptions, 'deviceId' | 'early' | 'tabStorage'>): Promise<Tab>
}

export async function createHarbour(): Promise<Harbour> {
  useVirtualTime()
  const server = await createTestApp({
    clock: { ...systemClock, advance: () => undefined, set: () => undefined, pending: 0 },
  })
  const origin = await listen(server)
  const network = createFakeNetwork()

  return {
    server,
    network,
    origin,
    async restart() {
      await server.app.close()
      const { dataDir, clock } = server
      const next = await createTestApp({ dataDir, clock })
      await listen(next, Number(new URL(origin).port))
      return next
    },
    async arrive(n) {
      const browser = await server.demo(n)
      const { body } = await browser.get('/api/session')
      const { id, nickname } = body as { id: string; nickname: string }
      const user = { id, nickname }
      return {
        ...user,
        browser,
        async openTab(options = {}) {
          const tab = await openTab({ origin, network, browser, user, ...options })
          onTestFinished(() => {
            tab.close()
          })
          return tab
        },
      }
    },
  }
}
