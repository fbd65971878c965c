import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { expect, it } from 'vitest'
import AppShell from '#client/shell/AppShell.vue'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import { BAI_LU, contactRequest, conversation, message } from '../../support/client/people.ts'
import { allByRole, byRole, nameOf } from '../../support/client/roles.ts'

const page = (title: string) => ({ template: `<h1 tabindex="-1" data-page-title>${title}</h1>` })
const answers = {
  'GET /api/contacts': { contacts: [] },
  'GET /api/contact-requests': { requests: [contactRequest()] },
  'GET /api/conversations': {
    conversations: [conversation({ lastMessage: message(2), lastSeq: 2, unread: 2 })],
  },
}

const shellRouter = (): Router =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      {
        path: '/',
        components: { default: page(''), list: page('列表') },
        meta: { pane: 'list', tab: 'chats' },
      },
      {
        path: '/:id',
        components: { default: page('详情'), list: page('列表') },
        meta: { pane: 'detail', tab: 'contacts' },
      },
    ],
  })

const open = (path: string): Promise<Client> =>
  mountClient(AppShell, { answers, path, router: shellRouter() })

it('shows the tabs with what waits in them', async () => {
  await open('/')
  expect(allByRole('link').map(nameOf)).toEqual([
    '我',
    '消息 2 条未读',
    '通讯录 1 个新请求',
    '发现',
    '我',
    '设置',
  ])
})

it('marks the tab one is in', async () => {
  await open('/somebody')
  const current = allByRole('link').filter((link) => link.getAttribute('aria-current') === 'page')
  expect(current.map(nameOf)).toEqual(['通讯录 1 个新请求'])
})

it('counts what is unread in the title of the tab, until nobody is signed in', async () => {
  const { page, settle, socket, unmount } = await open('/')
  expect(page.title).toBe('(2) Ahoy')
  socket.happen({ kind: 'read', conversationId: conversation().id, readSeq: 2, unread: 0 })
  await settle()
  expect(page.title).toBe('Ahoy')
  for (let seq = 3; seq < 123; seq += 1) {
    socket.happen({ kind: 'message', message: message(seq), peer: BAI_LU })
  }
  // So many at once are taken together, soon.
  await expect.poll(() => page.title).toBe('(99+) Ahoy')
  unmount()
  expect(page.title).toBe('Ahoy')
})

it('names the list after its tab', async () => {
  await open('/')
  expect(byRole('region', '消息').textContent).toContain('列表')
})
