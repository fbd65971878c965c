import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { ConnectionBanner, RefusalNotice } from '#client/shell/index.ts'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import { ME } from '../../support/client/people.ts'
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

describe('where HTTP gets through and the live connection does not', () => {
  const wait = async (client: Client, ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 500) {
      vi.advanceTimersByTime(500)
      await client.settle()
    }
  }

  it('says so after ten seconds, and no more once it is there', async () => {
    const client = await mountClient(ConnectionBanner)
    client.socket.become('connecting')
    await wait(client, 9_500)
    expect(client.text()).toContain('正在重试')
    await wait(client, 1_000)
    expect(client.text()).toBe('此网络阻止了实时连接，来电和新消息无法即时送达。')
    client.socket.become('online')
    await client.settle()
    expect(client.text()).toBe('')
  })

  it('does not say so of a server that is away altogether', async () => {
    const client = await mountClient(ConnectionBanner)
    client.http.answer('GET /api/session', new AppError('connection/offline'))
    client.socket.become('connecting')
    await wait(client, 12_000)
    expect(client.text()).toContain('正在重试')
    client.http.answer('GET /api/session', ME)
    await wait(client, 12_000)
    expect(client.text()).toContain('此网络阻止了实时连接')
  })
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
