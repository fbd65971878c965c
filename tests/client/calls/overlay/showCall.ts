import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { onTestFinished } from 'vitest'
import CallLayer from '../../../../src/client/calls/overlay/CallLayer.vue'
import { CALL_VIEW } from '../../../../src/client/calls/view/useCall.ts'
import type { CallState } from '../../../../src/client/calls/machine/state.ts'
import { createTexts, type Locale } from '../../../../src/client/i18n/index.ts'
import { createFakeCall, type FakeCall } from './fakeCall.ts'

export interface Screen {
  readonly view: FakeCall
  /** The dialog of the call; null while there is none or it is minimised. */
  dialog(): HTMLElement | null
  /** The one visible element of this role and exact name. */
  get(role: string, name: string): HTMLElement
  has(role: string, name: string): boolean
  press(name: string): Promise<void>
  key(key: string, init?: KeyboardEventInit): Promise<void>
  text(): string
  settle(): Promise<void>
}

const ROLES: Readonly<Record<string, string>> = {
  button: 'button',
  combobox: 'select',
  textbox: 'input',
  heading: 'h2',
}

const isVisible = (element: HTMLElement): boolean =>
  element.closest<HTMLElement>('[style*="display: none"]') === null

function labelOf(element: HTMLElement): string {
  const label = document.querySelector(`label[for="${element.id}"]`)
  return element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent
}

function find(role: string, name: string): HTMLElement[] {
  const selector = [`[role="${role}"]`, ROLES[role]].filter((part) => part !== undefined).join()
  return [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => isVisible(element) && labelOf(element).trim() === name,
  )
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}

/** Shows a call as the app does, in one language. */
export async function showCall(
  call: CallState | null,
  { locale = 'zh-CN', view = createFakeCall() }: { locale?: Locale; view?: FakeCall } = {},
): Promise<Screen> {
  view.call.value = call
  const { plugin } = await createTexts(locale)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  })
  const wrapper = mount(CallLayer, {
    attachTo: document.body,
    global: { plugins: [createPinia(), plugin, router], provide: { [CALL_VIEW]: view } },
  })
  onTestFinished(() => {
    wrapper.unmount()
    document.body.replaceChildren()
  })
  await settle()

  function get(role: string, name: string): HTMLElement {
    const [first, ...more] = find(role, name)
    if (first === undefined || more.length > 0) {
      throw new Error(`${String(more.length + Number(first !== undefined))} × ${role} "${name}"`)
    }
    return first
  }

  return {
    view,
    dialog: () => find('dialog', '安然')[0] ?? find('alertdialog', '安然')[0] ?? null,
    get,
    has: (role, name) => find(role, name).length > 0,
    async press(name) {
      get('button', name).click()
      await settle()
    },
    async key(key, init = {}) {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
      )
      await settle()
    },
    text: () => document.body.textContent,
    settle,
  }
}
