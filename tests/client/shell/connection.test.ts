import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ConnectionBanner, RefusalNotice } from '#client/shell/index.ts'
import { mountClient } from '../../support/client/mountClient.ts'
import { allByRole } from '../../support/client/roles.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('keeps quiet about a hiccup, and speaks of what lasts', async () => {
  const { socket, text, settle } = await mountClient(ConnectionBanner)
  socket.become('connecting')
  await settle()
  vi.advanceTimersByTime(900)
  await settle()
  expect(text()).toBe('')
  vi.advanceTimersByTime(200)
  await settle()
  expect(text()).toBe('连接中…')
  socket.become('offline')
  await settle()
  expect(text()).toContain('网络不可用')
  socket.become('online')
  await settle()
  expect(text()).toBe('')
})

it('speaks of the network where there is none, and of the server where it stays away', async () => {
  const { page, socket, text, settle } = await mountClient(ConnectionBanner)
  page.connect(false)
  socket.become('connecting')
  await settle()
  vi.advanceTimersByTime(1_100)
  await settle()
  expect(text()).toContain('网络不可用')
  page.connect(true)
  await settle()
  expect(text()).toBe('连接中…')
  vi.advanceTimersByTime(7_000)
  await settle()
  expect(text()).toContain('暂时无法连接到服务器')
})

it.each([
  ['outdated', 'Ahoy 已更新'],
  ['superseded', '已在另一个页面打开'],
  ['too-many', '打开的页面过多'],
] as const)('says that a page is %s, with a way on', async (reason, words) => {
  const { page, press, socket, settle } = await mountClient(RefusalNotice)
  expect(allByRole('alert')).toEqual([])
  socket.refuse(reason)
  await settle()
  expect(allByRole('alert')[0]?.textContent).toContain(words)
  await press('button', '重新加载')
  expect(page.reloads).toBe(1)
})
