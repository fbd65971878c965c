import { openRawSocket, type RawSocket, type RawSocketOptions } from '../socket/rawSocket.ts'
import type { Browser } from './browser.ts'
import { accountOf } from './friends.ts'
import { listen } from './listen.ts'
import { createTestApp, type TestApp, type TestAppOptions } from './testApp.ts'

/** Someone who is logged in, in one tab. */
export interface Member {
  readonly browser: Browser
  readonly id: string
  readonly tab: RawSocket
}

/** A server that listens, and raw sockets of its people. */
export interface Port {
  readonly server: TestApp
  readonly origin: string
  /** A socket of whoever is logged in here, which has not said hello. */
  open: (browser: Browser, options?: Partial<RawSocketOptions>) => Promise<RawSocket>
  /** The same after its hello. */
  tab: (browser: Browser) => Promise<RawSocket>
  /** The n-th demo account, logged in, with one tab. */
  person: (n: number) => Promise<Member>
}

export async function createPort(options: TestAppOptions = {}): Promise<Port> {
  const server = await createTestApp(options)
  const origin = await listen(server)
  const open: Port['open'] = ({ cookie }, over = {}) => openRawSocket({ origin, cookie, ...over })

  async function tab(browser: Browser): Promise<RawSocket> {
    const socket = await open(browser)
    await socket.hello()
    return socket
  }

  return {
    server,
    origin,
    open,
    tab,
    async person(n) {
      const browser = await server.demo(n)
      const { id } = await accountOf(browser)
      return { browser, id, tab: await tab(browser) }
    },
  }
}
