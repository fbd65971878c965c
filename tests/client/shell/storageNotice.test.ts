import { expect, it, onTestFinished, vi } from 'vitest'
import { useLocalStore } from '#client/feed/index.ts'
import { createMemoryDatabase } from '#client/platform/database/createMemoryDatabase.ts'
import type {
  AccountDatabase,
  AccountDatabases,
} from '#client/platform/database/AccountDatabase.ts'
import StorageNotice from '#client/shell/StorageNotice.vue'
import { mountClient } from '../../support/client/mountClient.ts'

const WORDS = '关闭页面后，草稿和未发出的消息将会丢失'

const browserWith = (over: Partial<AccountDatabase>): AccountDatabases => ({
  open: () => Promise.resolve({ ...createMemoryDatabase(), isKept: true, ...over }),
  delete: () => Promise.resolve(),
})
const open = (over: Partial<AccountDatabase>) =>
  mountClient(StorageNotice, { databases: browserWith(over) })

it('says nothing where the browser keeps what is written', async () => {
  const { text, settle } = await open({})
  await useLocalStore().keep(() => Promise.resolve())
  await settle()
  expect(text()).toBe('')
})

it('[F30] says where nothing is kept, until it is read', async () => {
  const { text, settle, press } = await open({ isKept: false })
  await useLocalStore().database()
  await settle()
  expect(text()).toContain(WORDS)
  await press('button', '知道了')
  expect(text()).toBe('')
})

it('says when something can not be written, as on a full disk', async () => {
  const { text, settle } = await open({
    putRecord: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
  })
  expect(text()).toBe('')
  await useLocalStore().keep((database) => database.putRecord('drafts', { id: 'a' }))
  await settle()
  expect(text()).toContain(WORDS)
})

it('writes what could not be written once more when there is room again, and then says nothing', async () => {
  const put = vi.fn<AccountDatabase['putRecord']>()
  put.mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError')).mockResolvedValue()
  const { text, settle } = await open({ putRecord: put })
  const now = vi.spyOn(performance, 'now').mockReturnValue(0)
  onTestFinished(() => {
    now.mockRestore()
  })
  const local = useLocalStore()
  const keep = (id: string) => local.keep((database) => database.putRecord('drafts', { id }))
  const renewed = vi.fn()
  local.onRenewed(renewed)
  await keep('a')
  await keep('b')
  expect(renewed).not.toHaveBeenCalled()
  now.mockReturnValue(10_000)
  await keep('c')
  expect(renewed).toHaveBeenCalledOnce()
  await settle()
  expect(text()).toContain(WORDS)
  now.mockReturnValue(20_000)
  await keep('d')
  await settle()
  expect(renewed).toHaveBeenCalledOnce()
  expect(text()).toBe('')
})

it('says nothing to who comes next of what could not be kept for who has left', async () => {
  const { text, session, settle } = await open({ isKept: false })
  await useLocalStore().database()
  await session.logOut()
  await settle()
  expect(useLocalStore().isKept).toBe(true)
  expect(text()).toBe('')
})
