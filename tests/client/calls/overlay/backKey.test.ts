import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useBackKey } from '#client/calls/overlay/keys/useBackKey.ts'

const Page = { render: () => null }

/** An app that has been on three pages, and calls that come and go over it. */
async function arrive() {
  const history = createMemoryHistory()
  const listen = vi.spyOn(history, 'listen')
  const router = createRouter({ history, routes: [{ path: '/:page?', component: Page }] })
  for (const path of ['/', '/contacts', '/chat']) await router.push(path)

  const leave = vi.fn<() => void>()
  const Call = defineComponent(() => {
    useBackKey(() => true, leave)
    return () => null
  })
  const isCalling = ref(false)
  const App = defineComponent(() => () => (isCalling.value ? h(Call) : null))
  mount(App, { global: { plugins: [router] } })
  await flushPromises()

  async function call(isOn: boolean): Promise<void> {
    isCalling.value = isOn
    await flushPromises()
  }
  async function back(): Promise<void> {
    router.back()
    await flushPromises()
  }
  return { call, back, leave, listen, router, path: () => router.currentRoute.value.path }
}

describe('Back', () => {
  it('lets a call that covers the page make way, and the page stays', async () => {
    const { call, back, leave, path } = await arrive()
    await call(true)
    await back()
    expect(leave).toHaveBeenCalledOnce()
    expect(path()).toBe('/chat')
    await call(false)
    await back()
    expect(path()).toBe('/contacts')
  })

  it('is over with its step: a link that is pressed in a later call is followed', async () => {
    const { call, back, leave, router, path } = await arrive()
    await call(true)
    await call(false)
    await back()
    await call(true)
    await router.push('/chat')
    expect(leave).not.toHaveBeenCalled()
    expect(path()).toBe('/chat')
  })

  it('[F32] is heard once, however many calls there are', async () => {
    const { call, listen } = await arrive()
    const before = listen.mock.calls.length
    for (let count = 0; count < 3; count += 1) {
      await call(true)
      await call(false)
    }
    expect(listen.mock.calls.length - before).toBe(1)
  })
})
