import { describe, expect, it } from 'vitest'
import { afterLook, NO_DESK, type DraftDesk, type DraftVersion } from '#client/chat/drafts/draft.ts'
import { useDraftsStore } from '#client/chat/drafts/draftsStore.ts'
import { useLocalStore } from '#client/feed/index.ts'
import type { AccountDatabase } from '#client/platform/database/AccountDatabase.ts'
import { createMemoryDatabase } from '#client/platform/database/createMemoryDatabase.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { createTabsOfOneBrowser } from '../../../support/client/fakeTabs.ts'
import { mountClient, type Client, type MountOptions } from '../../../support/client/mountClient.ts'
import { ME, message, uuid } from '../../../support/client/people.ts'
import { byRole, hasRole } from '../../../support/client/roles.ts'
import { answersWith } from '../conversationAnswers.ts'

const ID = uuid(102)
const FIELD = '给白露发消息'
const mine = message(2, { senderId: ME.id, body: { kind: 'text', text: '六点见' } })
const answers = answersWith([message(1), mine])
const open = (options: MountOptions = {}): Promise<Client> =>
  mountClient(ConversationPage, { answers, props: { id: ID }, ...options })
const field = (): HTMLTextAreaElement => byRole('textbox', FIELD) as HTMLTextAreaElement

const version = (rev: number, text: string, part: Partial<DraftVersion> = {}): DraftVersion => ({
  id: `v${String(rev)}`,
  conversationId: ID,
  line: 'a',
  rev,
  text,
  purpose: null,
  ...part,
})
const deskOf = ({ id, line, rev, text, purpose }: DraftVersion): DraftDesk => ({
  draft: { text, purpose },
  base: id,
  line,
  rev,
  others: [],
})

describe('a draft after a look at what is kept', () => {
  const first = version(1, '周六')
  const desk = deskOf(first)

  it('is the newest that is kept, where there was none', () => {
    const next = afterLook(NO_DESK, [first, version(2, '周日', { line: 'b' })], false)
    expect(next.draft.text).toBe('周日')
    expect(next.others).toEqual([first])
  })

  it('follows what another tab has made of it', () => {
    expect(afterLook(desk, [version(2, '周六见')], false).draft.text).toBe('周六见')
  })

  it('is gone where another tab has sent it', () => {
    expect(afterLook(desk, [], true)).toEqual(NO_DESK)
  })

  it('stays beside one that was made from the same one', () => {
    const other = version(1, '周日', { id: 'w1' })
    expect(afterLook(desk, [first, other], false)).toEqual({ ...desk, others: [other] })
  })

  it('is kept beside what another tab has put in its place while somebody is at the field', () => {
    const other = version(2, '周日')
    const next = afterLook(desk, [other], true)
    expect(next).toMatchObject({ draft: { text: '周六' }, base: null, others: [other] })
  })

  it('does not fill a field at which somebody is', () => {
    const next = afterLook(NO_DESK, [first], true)
    expect(next).toMatchObject({ draft: { text: '' }, others: [first] })
  })

  it('does not take in another one once it is sent', () => {
    const other = version(3, '周日', { line: 'b' })
    const sent = { ...NO_DESK, others: [other] }
    expect(afterLook(sent, [{ ...other, id: 'v4', text: '周日见' }], false).draft.text).toBe('')
  })
})

it('keeps both when two tabs write in one conversation', async () => {
  const databases = createFakeDatabases()
  const newTab = createTabsOfOneBrowser()
  const one = await open({ databases, tabs: newTab() })
  const inOne = useDraftsStore()
  const two = await open({ databases, tabs: newTab() })
  const inTwo = useDraftsStore()
  for (const n of [1, 2, 3]) {
    inOne.write(ID, '从第一页'.slice(0, n + 1))
    inTwo.write(ID, '自第二页'.slice(0, n + 1))
  }
  await one.settle()
  await two.settle()
  expect(inOne.draftOf(ID).text).toBe('从第一页')
  expect(inOne.othersOf(ID).map(({ text }) => text)).toEqual(['自第二页'])
  expect(inTwo.draftOf(ID).text).toBe('自第二页')
  expect(inTwo.othersOf(ID).map(({ text }) => text)).toEqual(['从第一页'])
  expect(await (await databases.open(ME.id)).readRecords('drafts')).toHaveLength(2)
})

it('goes on in one tab with what was begun in another, and is sent once', async () => {
  const databases = createFakeDatabases()
  const newTab = createTabsOfOneBrowser()
  const one = await open({ databases, tabs: newTab() })
  const inOne = useDraftsStore()
  inOne.write(ID, '周六')
  await one.settle()
  await open({ databases, tabs: newTab() })
  const inTwo = useDraftsStore()
  expect(inTwo.draftOf(ID).text).toBe('周六')
  inTwo.write(ID, '周六见')
  await one.settle()
  expect(inOne.draftOf(ID).text).toBe('周六见')
  inTwo.discard(ID)
  await one.settle()
  expect(inOne.draftOf(ID).text).toBe('')
  expect(inOne.othersOf(ID)).toEqual([])
})

it('of this page and of the one before are both there when the browser answers late', async () => {
  const kept = { ...createMemoryDatabase(), isKept: true }
  await kept.putRecord('drafts', version(1, '昨天写的', { line: 'a' }))
  let come: (late: AccountDatabase) => void = () => undefined
  const { settle } = await open({
    databases: {
      open(_accountId, _onRenewed, onCome) {
        come = onCome ?? come
        return Promise.resolve(createMemoryDatabase())
      },
      delete: () => Promise.resolve(),
    },
  })
  const drafts = useDraftsStore()
  drafts.write(ID, '今天写的')
  await settle()
  expect(useLocalStore().isKept).toBe(false)
  come(kept)
  await settle()
  expect(useLocalStore().isKept).toBe(true)
  const texts = [drafts.draftOf(ID).text, ...drafts.othersOf(ID).map(({ text }) => text)]
  expect(texts.toSorted()).toEqual(['今天写的', '昨天写的'])
  expect(await kept.readRecords('drafts')).toHaveLength(2)
  drafts.write(ID, '今天写的，还有')
  await settle()
  expect(JSON.stringify(await kept.readRecords('drafts'))).toContain('还有')
})

it.each([
  ['插入', '第二\n第一'],
  ['删除草稿', '第二'],
])('does with the draft of another tab what is wanted: %s', async (act, expected) => {
  const databases = createFakeDatabases()
  const database = await databases.open(ME.id)
  await database.putRecord('drafts', version(1, '第一', { line: 'a' }))
  await database.putRecord('drafts', version(2, '第二', { line: 'b' }))
  const { press, text } = await open({ databases })
  expect(field().value).toBe('第二')
  expect(text()).toContain('另一个标签页里的草稿第一')
  await press('button', act)
  expect(field().value).toBe(expected)
  expect(hasRole('button', '插入')).toBe(false)
  expect(await database.readRecords('drafts')).toMatchObject([{ text: expected }])
})

it('reads the draft that an earlier version has kept', async () => {
  const databases = createFakeDatabases()
  const database = await databases.open(ME.id)
  await database.putRecord('drafts', { id: ID, text: '还没写完' })
  const { type } = await open({ databases })
  expect(field().value).toBe('还没写完')
  await type('textbox', FIELD, '写完了')
  expect(await database.readRecords('drafts')).toMatchObject([{ text: '写完了' }])
})

it.each([
  [
    {
      kind: 'reply',
      to: { id: message(1).id, seq: 1, senderId: uuid(2), body: message(1).body, rev: 0 },
    },
  ],
  [{ kind: 'edit', id: mine.id, text: '七点见' }],
] as const)('keeps what a text is for over a reload: %j', async (purpose) => {
  const databases = createFakeDatabases()
  const before = await open({ databases })
  useDraftsStore().turnTo(ID, purpose)
  await before.settle()
  before.unmount()
  await open({ databases })
  expect(useDraftsStore().draftOf(ID).purpose).toEqual(purpose)
  // Nobody has asked for the keyboard of a phone.
  expect(document.activeElement).not.toBe(field())
})

it('[CH8] a quote above the field shows no more what was taken back', async () => {
  const databases = createFakeDatabases()
  const { socket, settle, text } = await open({ databases })
  const { id, seq, senderId, body } = message(1)
  useDraftsStore().turnTo(ID, { kind: 'reply', to: { id, seq, senderId, body, rev: 0 } })
  await settle()
  expect(text()).toContain('引用白露：第1条')
  const recalled = { kind: 'recalled', byId: senderId } as const
  socket.happen({ kind: 'changed', message: message(1, { rev: 1, body: recalled }) })
  await settle()
  expect(text()).not.toContain('引用白露：第1条')
  const kept = await (await databases.open(ME.id)).readRecords('drafts')
  expect(JSON.stringify(kept)).not.toContain('第1条')
})
