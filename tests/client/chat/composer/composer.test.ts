import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { TEXT_MAX_CHARS } from '#shared/limits.ts'
import { cleaned, composedOf } from '#client/chat/composer/composing.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useToastStore } from '#client/layout/index.ts'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient, type Client } from '../../../support/client/mountClient.ts'
import { ME, message, uuid } from '../../../support/client/people.ts'
import { allByRole, byRole, hasRole, nameOf } from '../../../support/client/roles.ts'
import { answersWith } from '../conversationAnswers.ts'

const ID = uuid(102)
const FIELD = '给白露发消息'
const answers = answersWith([message(1)])

const field = (): HTMLTextAreaElement => byRole('textbox', FIELD) as HTMLTextAreaElement
const texts = (): string[] => [...document.querySelectorAll('.text')].map((one) => one.textContent)

async function open(databases = createFakeDatabases()): Promise<Client> {
  const client = await mountClient(ConversationPage, { answers, props: { id: ID }, databases })
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
  ['an Enter of the input method only chooses a word', { isComposing: true, keyCode: 229 }],
  ['the Enter that ended a composition in Safari only chooses a word', { keyCode: 229 }],
])('%s', async (_, key) => {
  const client = await open()
  const event = await write(client, '晚上', key)
  expect(event.defaultPrevented).toBe(false)
  expect(sends(client)).toEqual([])
})

it('sends by the Enter after a candidate that was chosen with the mouse', async () => {
  const client = await open()
  serve(client)
  field().dispatchEvent(new CompositionEvent('compositionstart'))
  field().dispatchEvent(new CompositionEvent('compositionend', { data: '晚上见' }))
  const event = await write(client, '晚上见', { keyCode: 13 })
  expect(event.defaultPrevented).toBe(true)
  expect(sends(client)).toHaveLength(1)
})

it('sends by the Enter of an Android keyboard, whose last word is still a composition', async () => {
  const client = await open()
  serve(client)
  field().dispatchEvent(new CompositionEvent('compositionstart'))
  const event = await write(client, 'see you', { isComposing: true, keyCode: 13 })
  expect(event.defaultPrevented).toBe(true)
  expect(sends(client)).toMatchObject([{ body: { text: 'see you' } }])
})

it.each([
  ['sends by a line break that the input method passes on', {}, true],
  ['lets the input method break a line with Shift', { shiftKey: true }, false],
])('%s', async (_, shift, isSent) => {
  const client = await open()
  serve(client)
  await write(client, '안녕', { isComposing: true, keyCode: 229, ...shift })
  const lineBreak = new InputEvent('beforeinput', {
    inputType: 'insertLineBreak',
    cancelable: true,
  })
  field().dispatchEvent(lineBreak)
  await client.settle()
  expect(lineBreak.defaultPrevented).toBe(isSent)
  expect(sends(client)).toHaveLength(Number(isSent))
})

it('reads the word that is still being composed: it can be sent, and is kept as a draft', async () => {
  const databases = createFakeDatabases()
  const client = await open(databases)
  field().dispatchEvent(new CompositionEvent('compositionstart'))
  await client.type('textbox', FIELD, 'tomorrow')
  expect(byRole('button', '发送').hasAttribute('disabled')).toBe(false)
  client.unmount()
  await open(databases)
  expect(field().value).toBe('tomorrow')
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
  expect(composedOf('\u200B\u2800').isSendable).toBe(false)
  expect(composedOf('x')).toEqual({ isSendable: true, isUnseen: false, free: null })
})

it('takes out what no server can hold', () => {
  expect(cleaned('a\0b\ud800')).toBe('ab\ufffd')
})

it('says that there is nothing to see in a text, and sends it not', async () => {
  const client = await open()
  const { type } = client
  await type('textbox', FIELD, ' \n')
  expect(document.querySelector('form .count')).toBeNull()
  await write(client, '\u200B\u3164')
  expect(sends(client)).toEqual([])
  expect(document.querySelector('form .count')?.textContent).toBe('请输入可见的文字')
  await type('textbox', FIELD, '\u200B你好')
  expect(document.querySelector('form .count')).toBeNull()
})

it('keeps the indent of the first line', async () => {
  const client = await open()
  serve(client)
  await write(client, '\n    if (a) {\n      b()\n    }\n')
  expect(sends(client)).toMatchObject([{ body: { text: '    if (a) {\n      b()\n    }' } }])
})

/** Something arrives at the field by the clipboard or the mouse. */
async function bring({ settle }: Client, how: 'paste' | 'drop', types: string[]): Promise<Event> {
  const event = new Event(how, { bubbles: true, cancelable: true })
  const name = how === 'paste' ? 'clipboardData' : 'dataTransfer'
  Object.defineProperty(event, name, { value: { types } })
  field().dispatchEvent(event)
  await settle()
  return event
}

it.each([
  ['a picture that is pasted', 'paste', ['Files']],
  ['a picture of a page that is pasted', 'paste', ['text/html', 'Files']],
  ['a file that is dropped', 'drop', ['Files']],
] as const)('says of %s that it can not be sent yet', async (_, how, types) => {
  const client = await open()
  await bring(client, how, [...types])
  expect(useToastStore().text).toBe('暂不支持发送图片和文件')
})

it('does not let the browser open a file that is dropped', async () => {
  expect((await bring(await open(), 'drop', ['Files'])).defaultPrevented).toBe(true)
})

it.each([
  ['text', ['text/plain']],
  ['cells of a table, with a picture of them', ['text/plain', 'text/html', 'Files']],
])('says nothing of %s that is pasted', async (_, types) => {
  const client = await open()
  const event = await bring(client, 'paste', types)
  expect(event.defaultPrevented).toBe(false)
  expect(useToastStore().text).toBe('')
})
