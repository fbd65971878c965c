import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import ConversationPage from '#client/chat/pages/ConversationPage.vue'
import { useOutboxStore } from '#client/chat/index.ts'
import { useRecalledStore } from '#client/chat/bodies/recalledStore.ts'
import { createMemoryDatabase } from '#client/platform/database/createMemoryDatabase.ts'
import { mountClient } from '../../../support/client/mountClient.ts'
import { uuid } from '../../../support/client/people.ts'
import { answers, props } from '../conversationAnswers.ts'

const ID = uuid(102)

it.each([
  ['zh-CN', '删除'],
  ['en', 'Delete'],
] as const)(
  'what was refused can be deleted, and is gone after a reload too, in %s',
  async (locale, label) => {
    const { socket, settle, press } = await mountClient(ConversationPage, {
      answers,
      props,
      locale,
    })
    socket.answer('chat.send', () => {
      throw new AppError('request/forbidden')
    })
    const outbox = useOutboxStore()
    outbox.send(ID, { text: '还在吗' })
    await settle()
    await settle()
    expect(outbox.items).toMatchObject([{ failure: 'request/forbidden' }])
    const bubble = [...document.querySelectorAll('.bubble')].at(-1)
    bubble?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
    await settle()
    await press('menuitem', label)
    await settle()
    expect(outbox.items).toEqual([])
    expect(document.body.textContent).not.toContain('还在吗')
  },
)

it('[CH8] a text that was recalled is kept again when the browser has lost it', async () => {
  const kept = { ...createMemoryDatabase(), isKept: true }
  let renew = (): void => undefined
  await mountClient(ConversationPage, {
    answers,
    props,
    databases: {
      open(_account, onRenewed) {
        renew = onRenewed ?? renew
        return Promise.resolve(kept)
      },
      delete: () => Promise.resolve(),
    },
  })
  useRecalledStore().keep(uuid(903), '带伞')
  await expect.poll(() => kept.readRecords('recalled')).toHaveLength(1)
  await kept.removeRecord('recalled', uuid(903))
  renew()
  await expect.poll(() => kept.readRecords('recalled')).toMatchObject([{ text: '带伞' }])
})
