import { expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import NewGroupPage from '#client/chat/groups/NewGroupPage.vue'
import { mountClient } from '../../../support/client/mountClient.ts'
import { CONTACTS } from '../../../support/client/people.ts'

const elsewhere = { render: () => null }

/** The form of a new group with one chosen, and a server that answers when the test says so. */
async function beginGroup(name = '') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/chats/new', component: NewGroupPage },
      { path: '/:rest(.*)*', component: elsewhere },
    ],
  })
  const client = await mountClient(
    defineComponent(() => () => h(RouterView)),
    { answers: { 'GET /api/contacts': { contacts: CONTACTS } }, router, path: '/chats/new' },
  )
  const made = Promise.withResolvers<object>()
  client.socket.answer('group.create', () => made.promise as never)
  await client.press('checkbox', '白露')
  await client.type('textbox', '群聊名称', name)
  await client.press('button', '发起群聊（1）')
  const sent = (): unknown[] =>
    client.socket.sent.filter(({ type }) => type === 'group.create').map(({ body }) => body)
  const answer = async (): Promise<void> => {
    made.resolve({})
    await client.settle()
  }
  return { router, answer, sent, text: client.text }
}

it('goes on to the group when it is made', async () => {
  const { router, answer } = await beginGroup()
  await answer()
  expect(router.currentRoute.value.path).toMatch(/^\/chats\/[0-9a-f-]{36}$/)
})

it('leaves alone who has gone elsewhere before it is made', async () => {
  const { router, answer } = await beginGroup()
  await router.push('/contacts')
  await answer()
  expect(router.currentRoute.value.path).toBe('/contacts')
})

it('[TX1] says of a name that shows nothing why no group begins with it', async () => {
  const { sent, text } = await beginGroup('\u3164')
  expect(text()).toContain('请输入可见的文字')
  expect(sent()).toEqual([])
})

it('[TX1] begins a group under the name as it is seen', async () => {
  const { sent, answer } = await beginGroup(' 读书\u200B会 ')
  expect(sent()).toMatchObject([{ name: '读书会' }])
  await answer()
})
