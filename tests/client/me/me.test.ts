import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { useOutboxStore } from '#client/chat/index.ts'
import { useToastStore } from '#client/layout/index.ts'
import MePage from '#client/me/MePage.vue'
import { mountClient } from '../../support/client/mountClient.ts'
import { uuid } from '../../support/client/people.ts'
import { hasRole } from '../../support/client/roles.ts'

const dialogIsOpen = (): Promise<void> =>
  // Its code comes over the network.
  expect.poll(() => hasRole('alertdialog', '确定退出登录吗？')).toBe(true)
const confirmButton = (): HTMLElement =>
  document.querySelector<HTMLElement>('[role=alertdialog] button:last-of-type') ?? document.body

it('shows who one is', async () => {
  const { text } = await mountClient(MePage)
  expect(text()).toContain('安然')
  expect(text()).toContain('手机号：13006789001')
})

it('logs out after asking', async () => {
  const { http, press, session, settle } = await mountClient(MePage)
  http.answer('DELETE /api/session', {})
  await press('button', '退出登录')
  await dialogIsOpen()
  expect(session.account).not.toBeNull()
  confirmButton().click()
  await settle()
  expect(session.session).toMatchObject({ status: 'signed-out', reason: 'left' })
})

it('stays when one thinks better of it', async () => {
  const { press, session } = await mountClient(MePage)
  await press('button', '退出登录')
  await dialogIsOpen()
  await press('button', '取消')
  expect(session.account).not.toBeNull()
  expect(hasRole('alertdialog', '确定退出登录吗？')).toBe(false)
})

it('leaves also when the server can not be told, and says so', async () => {
  const { http, press, session, settle } = await mountClient(MePage)
  http.answer('DELETE /api/session', new AppError('connection/offline'))
  await press('button', '退出登录')
  await dialogIsOpen()
  confirmButton().click()
  await settle()
  expect(session.session).toMatchObject({ status: 'signed-out', reason: 'left' })
  expect(useToastStore().text).toContain('联网后会告知服务器')
})

it('warns of what has not been sent', async () => {
  const { press, text } = await mountClient(MePage)
  useOutboxStore().send(uuid(1), { text: '还没发出' })
  await press('button', '退出登录')
  await dialogIsOpen()
  expect(text()).toContain('还有 1 条消息没有发出')
})
