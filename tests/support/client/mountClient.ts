import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { onTestFinished, vi, type Mock } from 'vitest'
import { defineComponent, h, shallowRef, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { PREPARE_SIGNED_IN, useSessionStore } from '#client/accounts/index.ts'
import { CALL_VIEW, type CallView } from '#client/calls/view/useCall.ts'
import { createTexts, TEXTS, type Locale } from '#client/i18n/index.ts'
import {
  ALERTS,
  DATABASES,
  HTTP,
  PAGE,
  SOCKET,
  SOUND,
  STORAGE,
  TAB_STORAGE,
  TABS,
} from '#client/platform/keys.ts'
import type { AccountDatabases } from '#client/platform/database/AccountDatabase.ts'
import type { Tabs } from '#client/platform/tabs/Tabs.ts'
import { createFakeAlerts, type FakeAlerts } from './fakeAlerts.ts'
import { createFakeDatabases, createFakeTabs } from './fakeDatabases.ts'
import { fakeLayout } from './fakeLayout.ts'
import { createFakeHttp, type FakeHttp } from './fakeHttp.ts'
import { createFakePage, createFakeStorage, type FakePage, type FakeStorage } from './fakePage.ts'
import { createFakeSocket, type FakeSocket } from './fakeSocket.ts'
import { createFakeSound, type FakeSound } from './fakeSound.ts'
import { ME } from './people.ts'
import { byRole } from './roles.ts'

export interface MountOptions {
  answers?: Record<string, unknown>
  props?: Record<string, unknown>
  path?: string
  locale?: Locale
  /** What an earlier visit has left in the browser's storage. */
  stored?: Record<string, unknown>
  router?: Router
  /** What the browser stores, where a test has it in hand before the page opens. */
  storage?: FakeStorage
  /** What this browser has kept; shared with another tab of it when given twice. */
  databases?: AccountDatabases
  tabs?: Tabs
  /** The call of this tab. */
  call?: CallView['call']
  /** What this tab has kept over a reload. */
  tabStorage?: FakeStorage
  /** Brings what the signed-in need; it is there at once when left out. */
  prepare?: () => Promise<void>
}

export interface Client {
  readonly http: FakeHttp
  readonly socket: FakeSocket
  readonly page: FakePage
  readonly storage: FakeStorage
  readonly alerts: FakeAlerts
  readonly sound: FakeSound
  readonly router: Router
  readonly dial: Mock<CallView['dial']>
  readonly session: ReturnType<typeof useSessionStore>
  readonly press: (role: string, name: string) => Promise<void>
  readonly type: (role: string, name: string, text: string) => Promise<void>
  readonly submit: () => Promise<void>
  readonly text: () => string
  readonly settle: () => Promise<void>
  readonly unmount: () => void
}

const anyAddress = (): Router =>
  createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  })

/** As App.vue does: nothing is shown before the server has said who we are. */
const stageFor = (component: Component, props: Record<string, unknown>): Component =>
  defineComponent(() => {
    const session = useSessionStore()
    return () => (session.session.status === 'unknown' ? null : h(component, props))
  })

/** Everything is drawn, also what is drawn once it is known how much has room. */
async function settled(): Promise<void> {
  await flushPromises()
  await flushPromises()
}

/** A browser of its own, where the test does not share one. */
const browserOf = ({
  databases = createFakeDatabases(),
  tabs = createFakeTabs(),
  tabStorage = createFakeStorage(),
  prepare = () => Promise.resolve(),
  storage = createFakeStorage(),
}: MountOptions) => ({ databases, tabs, tabStorage, prepare, storage })

/** A component as `main.ts` would run it, on a server and a browser that the test plays. */
export async function mountClient(
  component: Component,
  options: MountOptions = {},
): Promise<Client> {
  const http = createFakeHttp({ 'GET /api/session': ME, ...options.answers })
  const [socket, page] = [createFakeSocket(), createFakePage()]
  const { databases, tabs, tabStorage, prepare, storage } = browserOf(options)
  for (const [key, value] of Object.entries(options.stored ?? {})) storage.values.set(key, value)
  socket.resetAt(null, 0)
  const [alerts, sound] = [createFakeAlerts(), createFakeSound()]
  const texts = await createTexts(options.locale ?? 'zh-CN')
  const router = options.router ?? anyAddress()
  const dial: Mock<CallView['dial']> = vi.fn()
  const pinia = createPinia()
  fakeLayout()

  await router.push(options.path ?? '/')
  const wrapper = mount(stageFor(component, options.props ?? {}), {
    attachTo: document.body,
    global: {
      plugins: [pinia, texts.plugin, router],
      provide: {
        [HTTP as symbol]: http,
        [SOCKET as symbol]: socket,
        [PAGE as symbol]: page,
        [STORAGE as symbol]: storage,
        [TAB_STORAGE as symbol]: tabStorage,
        [DATABASES as symbol]: databases,
        [TABS as symbol]: tabs,
        [ALERTS as symbol]: alerts,
        [SOUND as symbol]: sound,
        [TEXTS as symbol]: texts,
        [CALL_VIEW as symbol]: { dial, call: options.call ?? shallowRef(null) },
        [PREPARE_SIGNED_IN as symbol]: prepare,
      },
    },
  })
  onTestFinished(() => {
    wrapper.unmount()
  })
  const session = useSessionStore(pinia)
  await session.load()
  socket.become('online')
  await settled()

  return {
    http,
    socket,
    page,
    storage,
    alerts,
    sound,
    router,
    dial,
    session,
    press: async (role, name) => {
      byRole(role, name).click()
      await settled()
    },
    type: async (role, name, text) => {
      const field = byRole(role, name) as HTMLInputElement
      field.value = text
      field.dispatchEvent(new Event('input'))
      await settled()
    },
    submit: async () => {
      document.querySelector('form')?.requestSubmit()
      await settled()
    },
    text: () => document.body.textContent.replaceAll(/\s+/g, ' '),
    settle: settled,
    unmount: () => {
      wrapper.unmount()
    },
  }
}
