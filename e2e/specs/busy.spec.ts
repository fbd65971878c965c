import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectPicture, expectSound, ring, talk } from '../fixtures/talk.ts'

test('who calls somebody in a call hears that they are busy [CA7]', async ({ newFriends }) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  await talk(anran, bailu, 'video')
  await chenchen.contacts.callByVideo('白露')
  await chenchen.call.hasSaid('对方忙线中')
  await expectNoCall(chenchen)

  // For the two nothing has changed.
  for (const { call } of [anran, bailu]) {
    await expect(call.timer).toBeVisible()
    await expect(call.with('陈晨')).toBeHidden()
  }
  await expectSound(anran, bailu)
  await expectPicture(anran, bailu)
})

test('a call that found somebody busy is in both conversations, unread by them [CA7]', async ({
  newFriends,
}) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  await talk(anran, bailu, 'audio')
  await chenchen.contacts.callByVoice('白露')
  await chenchen.call.hasSaid('对方忙线中')
  await chenchen.chats.openWith('白露')
  await expect(chenchen.chats.records).toHaveText(['对方忙线中'])
  await bailu.call.hangUp()
  await expectNoCall(bailu)
  await bailu.chats.open()
  await expect(bailu.chats.row('陈晨')).toContainText('1 条未读')
  await bailu.chats.openWith('陈晨')
  await expect(bailu.chats.records).toHaveText(['忙线未接听'])
  await expect(bailu.chats.row('陈晨')).not.toContainText('未读')
})

test('who rings is busy, too [CA7]', async ({ newFriends }) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  await ring(anran, bailu, 'audio')
  await chenchen.contacts.callByVoice('安然')
  await chenchen.call.hasSaid('对方忙线中')
  await expectNoCall(chenchen)
  await chenchen.contacts.callByVoice('白露')
  await chenchen.call.hasSaid('对方忙线中')
  await expect(bailu.call.ringing('安然')).toBeVisible()
})
