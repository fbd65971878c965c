import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { TEXT_MAX_CHARS } from '#shared/limits.ts'
import { cleaned, composedOf } from '#client/chat/composing.ts'
import ConversationPage from '#client/chat/ConversationPage.vue'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import { CONTACTS, conversation, ME, message, uuid } from '../../support/client/people.ts'
import { allByRole, byRole, hasRole, nameOf } from '../../support/client/roles.ts'

const ID = uuid(102)
const FIELD = '给白露发消息'
const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': {
    conversations: [conversation({ lastMessage: message(1), lastSeq: 1, readSeq: 1 })],
  },
  [`GET /api/conversations/${ID}/messages`]: { messages: [message(1)], hasMore: false },
  [`POST /api/conversations/${ID}/read`]: {},
}

const field = (): HTMLTextAreaElement => byRole('textbox', FIELD) as HTMLTextAreaElement
const texts = (): string[] => [...document.querySelectorAll('.text')].map((one) => one.textContent)

async function open(): Promise<Client> {
  const client = await mountClient(ConversationPage, { answers, props: { id: ID } })
  client.socket.become('online')
  return client
}

async function write({ type, settle }: Client, text: string, key: KeyboardEventInit = {}) {
  await type('textbox', FIELD, text)
  const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...key })
  field().dispatchEvent(event)
  await settle()
  return event
}

const sends = ({ socket }: Client) => socket.sent.filter(({ type }) => type === 'chat.send')

/** A server that gives each message the next number. */
function serve({ socket }: Client): void {
  let seq = 1
  socket.answer('chat.send', ({ id, text }) => {
    seq += 1
    return { message: message(seq, { id, senderId: ME.id, body: { kind: 'text', text } }) }
  })
}

it('sends by Enter, and shows it before the server answers', async () => {
  const client = await open()
  client.socket.answer('chat.send', () => new Promise(() => {}))
  const event = await write(client, '晚上见')
  expect(event.defaultPrevented).toBe(true)
  expect(texts()).toEqual(['第1条', '晚上见'])
  expect(document.querySelector('[aria-label=发送中]')).not.toBeNull()
  expect(field().value).toBe('')
})

it('offers more in an open menu as soon as the server has the message', async () => {
  const client = await open()
  let acknowledge = (): void => {}
  client.socket.answer('chat.send', ({ id, text }) => {
    const said = message(2, { id, senderId: ME.id, body: { kind: 'text', text } })
    return new Promise((resolve) => {
      acknowledge = () => {
        resolve({ message: said })
      }
    })
  })
  await write(client, '晚上见')
  allByRole('button')
    .findLast((one) => nameOf(one) === '更多操作')
    ?.click()
  await client.settle()
  expect(allByRole('menuitem').map(nameOf)).toEqual(['复制'])
  acknowledge()
  await client.settle()
  expect(allByRole('menuitem').map(nameOf)).toContain('转发')
})

it('[CH6] is marked as sent when the server has it, and shown once', async () => {
  const client = await open()
  serve(client)
  await write(client, '晚上见')
  expect(texts()).toEqual(['第1条', '晚上见'])
  expect(document.querySelector('[aria-label=发送中]')).toBeNull()
  expect(document.querySelector('[aria-label=已发送]')).not.toBeNull()
})

it.each([
  ['Shift+Enter breaks the line', { shiftKey: true }],
  ['an Enter of the input method only chooses a word', { isComposing: true }],
])('%s', async (_, key) => {
  const client = await open()
  const event = await write(client, '晚上', key)
  expect(event.defaultPrevented).toBe(false)
  expect(sends(client)).toEqual([])
})

it('the Enter that ends a composition in Safari sends nothing, the next one does', async () => {
  const client = await open()
  serve(client)
  field().dispatchEvent(new CompositionEvent('compositionend'))
  await write(client, '晚上见')
  expect(sends(client)).toEqual([])
  field().dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter' }))
  await write(client, '晚上见')
  expect(sends(client)).toHaveLength(1)
})

it('[CH6] a refused message says why, keeps its text, and is sent by a tap', async () => {
  const client = await open()
  client.socket.answer('chat.send', () => {
    throw new AppError('request/server')
  })
  await write(client, '晚上见')
  expect(hasRole('button', '发送失败，重试')).toBe(true)
  expect(client.text()).toContain('服务器出了问题')
  serve(client)
  await client.press('button', '发送失败，重试')
  expect(texts()).toEqual(['第1条', '晚上见'])
  expect(hasRole('button', '发送失败，重试')).toBe(false)
})

it('[CH7] what was written offline goes out in order when the net is back', async () => {
  const client = await open()
  client.socket.become('connecting')
  await write(client, '一')
  await write(client, '二')
  serve(client)
  client.socket.become('online')
  await client.settle()
  await client.settle()
  expect(texts()).toEqual(['第1条', '一', '二'])
  expect(document.querySelector('[aria-label=发送中]')).toBeNull()
})

it('keeps a draft for each conversation', async () => {
  const client = await open()
  await client.type('textbox', FIELD, '还没写完')
  expect(field().value).toBe('还没写完')
  expect(hasRole('button', '发送')).toBe(true)
})

it('says how much room is left, and sends nothing that is too long', async () => {
  const client = await open()
  await write(client, 'x'.repeat(TEXT_MAX_CHARS - 10), { shiftKey: true })
  expect(client.text()).toContain('还可以输入 10 字')
  await write(client, 'x'.repeat(TEXT_MAX_CHARS + 3))
  expect(client.text()).toContain('超出 3 字，一条消息最多 5000 字')
  expect(sends(client)).toEqual([])
  expect(field().value).toHaveLength(TEXT_MAX_CHARS + 3)
})

it('takes nothing for a message in which there is nothing to see', () => {
  expect(composedOf(' \n ').isSendable).toBe(false)
  expect(composedOf('x')).toEqual({ isSendable: true, free: null })
})

it('takes out what no server can hold', () => {
  expect(cleaned('a\0b\ud800')).toBe('ab\ufffd')
})
