import { mount, flushPromises } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Router } from 'vue-router'
import { AppError } from '#shared/errors.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { HTTP, SOCKET, STORAGE, TAB_STORAGE } from '#client/platform/keys.ts'
import { createAppRouter, leaveWithSession } from '#client/router.ts'
import { createFakeHttp } from '../../support/client/fakeHttp.ts'
import { createFakeStorage } from '../../support/client/fakePage.ts'
import { createFakeSocket } from '../../support/client/fakeSocket.ts'
import { ME, uuid } from '../../support/client/people.ts'

const SIGNED_OUT = new AppError('auth/signed-out')

async function open(path: string, session: unknown): Promise<Router> {
  window.history.replaceState(null, '', path)
  const pinia = createPinia()
  const http = createFakeHttp({ 'GET /api/session': session, 'DELETE /api/session': {} })
  const wrapper = mount(
    { render: () => null },
    {
      global: {
        plugins: [pinia],
        provide: {
          [HTTP as symbol]: http,
          [SOCKET as symbol]: createFakeSocket(),
          [STORAGE as symbol]: createFakeStorage(),
          [TAB_STORAGE as symbol]: createFakeStorage(),
        },
      },
    },
  )
  onTestFinished(() => {
    wrapper.unmount()
  })
  const router = createAppRouter()
  leaveWithSession(router)
  await router.push(path)
  return router
}

const addressOf = (router: Router): string => router.currentRoute.value.fullPath

beforeEach(() => {
  window.history.replaceState(null, '', '/')
})

it.each([
  '/',
  `/chats/${uuid(102)}`,
  '/contacts',
  '/contacts/new',
  '/contacts/find',
  `/contacts/${uuid(2)}`,
  '/discover',
  '/me',
  '/settings',
  '/settings/calls',
  `/settings/calls/${uuid(3)}`,
  '/nowhere',
])('opens %s for who is signed in', async (path) => {
  expect(addressOf(await open(path, ME))).toBe(path)
})

describe('who is not signed in', () => {
  it.each([
    ['/', '/login'],
    ['/contacts/new', '/login?to=/contacts/new'],
    ['/login', '/login'],
    ['/register', '/register'],
  ])('comes from %s to %s', async (path, shown) => {
    expect(addressOf(await open(path, SIGNED_OUT))).toBe(shown)
  })
})

it('has no log-in for who is in', async () => {
  expect(addressOf(await open('/login', ME))).toBe('/')
})

it('comes back after a session that ended', async () => {
  const router = await open('/settings', ME)
  useSessionStore().expire('expired')
  await flushPromises()
  expect(addressOf(router)).toBe('/login?to=/settings')
})

it('starts anew after a log-out', async () => {
  const router = await open('/settings', ME)
  await useSessionStore().logOut()
  await flushPromises()
  expect(addressOf(router)).toBe('/login')
})
