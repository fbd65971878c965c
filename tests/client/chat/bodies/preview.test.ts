import { expect, it } from 'vitest'
import { previewOf } from '#client/chat/bodies/preview.ts'
import { BAI_LU, ME, message, record } from '../../../support/client/people.ts'
import { speak } from '../../../support/client/speak.ts'

const READERS = {
  me: ME.id,
  nameOf: () => BAI_LU.nickname,
  namesOf: (names: readonly string[]) => names.join('、'),
}
const missed = record({ callKind: 'video', outcome: 'unanswered', durationMs: 0 })

it.each([
  ['zh-CN', {}, '[视频通话] 未接来电'],
  ['zh-CN', { senderId: ME.id }, '[视频通话] 对方无应答'],
  ['en', {}, '[Video call] Missed call'],
] as const)('shows a call in %s', async (locale, part, text) => {
  const t = await speak(locale)
  expect(previewOf(message(1, { body: missed, ...part }), READERS, t)).toBe(text)
})

it('shows a text in one line', async () => {
  const body = { kind: 'text', text: '晚上\n有空吗？' } as const
  expect(previewOf(message(1, { body }), READERS, await speak('zh-CN'))).toBe('晚上 有空吗？')
})

it.each([
  ['zh-CN', BAI_LU.id, '“白露”撤回了一条消息'],
  ['zh-CN', ME.id, '你撤回了一条消息'],
  ['en', BAI_LU.id, '白露 recalled a message'],
] as const)('[CH8] says in %s who took a message back', async (locale, byId, text) => {
  const body = { kind: 'recalled', byId } as const
  expect(previewOf(message(1, { body }), READERS, await speak(locale))).toBe(text)
})

it.each([
  ['zh-CN', ME.id, [BAI_LU.id], '你发起了群聊，邀请了白露'],
  ['zh-CN', BAI_LU.id, [ME.id], '白露发起了群聊，邀请了你'],
  ['en', ME.id, [BAI_LU.id], 'You created the group with 白露'],
  ['en', BAI_LU.id, [ME.id], '白露 created the group with you'],
] as const)(
  'says in %s what happened to a group: by %s',
  async (locale, senderId, userIds, text) => {
    const body = { kind: 'tip' as const, tip: 'created' as const, userIds: [...userIds], text: '' }
    const t = await speak(locale)
    expect(previewOf(message(1, { body, senderId }), READERS, t)).toBe(text)
  },
)
