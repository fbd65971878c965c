import { describe, expect, it } from 'vitest'
import type { Quote } from '#shared/protocol/chat.ts'
import { NO_DRAFT, type Draft, type Purpose } from '#client/chat/drafts/draft.ts'
import { requoted, turnedTo, withoutPurpose } from '#client/chat/drafts/draftPurpose.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useRecalledStore } from '#client/chat/bodies/recalledStore.ts'
import { mountClient, type Client } from '../../../support/client/mountClient.ts'
import { BAI_LU, ME, message, uuid } from '../../../support/client/people.ts'
import { byRole } from '../../../support/client/roles.ts'
import { answersWith } from '../conversationAnswers.ts'

const ID = uuid(102)
const FIELD = '给白露发消息'
const to: Quote = {
  id: uuid(901),
  seq: 1,
  rev: 0,
  senderId: BAI_LU.id,
  body: { kind: 'text', text: '六点见？' },
}
const reply: Purpose = { kind: 'reply', to }
const edit = (text: string, was = '六点见', id = uuid(902)): Purpose => ({
  kind: 'edit',
  id,
  text,
  was,
})
const draft = (text: string, purpose: Purpose | null): Draft => ({ text, purpose })

describe('[CH7] nothing that was typed is lost when the text is for something else', () => {
  it('a changed edit is behind the draft when an answer begins', () => {
    expect(turnedTo(draft('好', edit('七点见')), reply)).toEqual(draft('好\n七点见', reply))
  })

  it('an edit in which nothing was changed leaves nothing', () => {
    expect(turnedTo(draft('好', edit('六点见')), reply)).toEqual(draft('好', reply))
  })

  it('a changed edit is behind the draft when another message is edited', () => {
    const other = edit('带伞', '带伞', uuid(903))
    expect(turnedTo(draft('', edit('七点见')), other)).toEqual(draft('七点见', other))
  })

  it('an edit goes on when the same message is edited', () => {
    const begun = draft('好', edit('七点见'))
    expect(turnedTo(begun, edit('六点见'))).toBe(begun)
  })

  it('the draft is an answer again after an edit was sent or called off', () => {
    const editing = turnedTo(draft('好', reply), edit('六点见'))
    expect(editing.text).toBe('好')
    expect(withoutPurpose(editing)).toEqual(draft('好', reply))
    const other = turnedTo(editing, edit('带伞', '带伞', uuid(903)))
    expect(withoutPurpose(other)).toEqual(draft('好', reply))
    expect(withoutPurpose(draft('好', reply))).toEqual(draft('好', null))
  })

  it('[CH8] what is answered is shown as it is now, also behind an edit', () => {
    const recalled: Quote = { ...to, rev: 1, body: { kind: 'recalled', byId: BAI_LU.id } }
    const editing = turnedTo(draft('好', reply), edit('六点见'))
    const next = requoted(editing, recalled)
    expect(withoutPurpose(next)).toEqual(draft('好', { kind: 'reply', to: recalled }))
    expect(requoted(NO_DRAFT, recalled)).toBe(NO_DRAFT)
  })
})

const mine = message(2, { senderId: ME.id, body: { kind: 'text', text: '六点见' } })
const gone = message(3, { senderId: ME.id, rev: 1, body: { kind: 'recalled', byId: ME.id } })
const open = (): Promise<Client> =>
  mountClient(ConversationPage, {
    answers: answersWith([message(1), mine, gone]),
    props: { id: ID },
  })
const field = (): HTMLTextAreaElement => byRole('textbox', FIELD) as HTMLTextAreaElement

async function choose({ press, settle }: Client, at: number, label: string): Promise<void> {
  const bubbles = document.querySelectorAll('.bubble')
  bubbles[at]?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
  await settle()
  await press('menuitem', label)
  await settle()
}

it('[CH7] a text that was recalled comes behind an edit that was begun', async () => {
  const client = await open()
  useRecalledStore().keep(gone.id, '带伞')
  await choose(client, 1, '编辑')
  await client.type('textbox', FIELD, '七点见')
  await client.press('button', '重新编辑')
  await client.settle()
  expect(field().value).toBe('七点见\n带伞')
  expect(client.text()).not.toContain('编辑消息')
})

it('[CH7] an answer goes on after another message was edited', async () => {
  const client = await open()
  await choose(client, 0, '引用')
  await client.type('textbox', FIELD, '好')
  await choose(client, 1, '编辑')
  expect(field().value).toBe('六点见')
  await client.press('button', '取消')
  expect(field().value).toBe('好')
  expect(client.text()).toContain('引用白露：第1条')
})
