import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import AppShell from '#client/shell/AppShell.vue'
import { mountClient } from '../../support/client/mountClient.ts'

const EMPTY = { template: '<h1 tabindex="-1" data-page-title>列表</h1>' }
const WITH_SEARCH = { template: '<input type="search" data-search value="an">' }

const open = (path: string) =>
  mountClient(AppShell, {
    path,
    answers: {
      'GET /api/contacts': { contacts: [] },
      'GET /api/contact-requests': { requests: [] },
      'GET /api/conversations': { conversations: [] },
    },
    router: createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/', components: { list: EMPTY }, meta: { pane: 'list', tab: 'chats' } },
        {
          path: '/contacts',
          components: { list: WITH_SEARCH },
          meta: { pane: 'list', tab: 'contacts' },
        },
      ],
    }),
  })

function press(init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  document.body.dispatchEvent(event)
  return event
}

it('goes to the search of the list, and marks what stands there', async () => {
  const { settle } = await open('/contacts')
  const event = press({ key: 'k', ctrlKey: true })
  await settle()
  expect(document.activeElement?.getAttribute('type')).toBe('search')
  // Else the browser goes to its address bar.
  expect(event.defaultPrevented).toBe(true)
})

it('goes to the contacts where the list has no search', async () => {
  const { router, settle } = await open('/')
  press({ key: 'K', ctrlKey: true })
  await settle()
  expect(router.currentRoute.value.path).toBe('/contacts')
  expect(document.activeElement?.getAttribute('type')).toBe('search')
})

it.each([
  ['the letter alone', { key: 'k' }],
  ['the key of another system', { key: 'k', metaKey: true }],
  ['another shortcut', { key: 'k', ctrlKey: true, shiftKey: true }],
])('leaves %s alone', async (_, init) => {
  const { router, settle } = await open('/')
  const event = press(init)
  await settle()
  expect(event.defaultPrevented).toBe(false)
  expect(router.currentRoute.value.path).toBe('/')
})
