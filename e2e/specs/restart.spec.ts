import { expect, testAlone as test } from '../fixtures/index.ts'
import { holdDatabase } from '../fixtures/database.ts'
import { expectNoCall, expectSound, expectTalking, ring, talk } from '../fixtures/talk.ts'
import { atMost } from '../fixtures/patience.ts'
import type { Friend } from '../fixtures/users.ts'

/** One hangs up: the call leaves both screens, and the other side has its one record. */
async function hangUpAndExpectRecord(one: Friend, other: Friend): Promise<void> {
  await one.call.hangUp()
  await expectNoCall(one, other)
  await other.chats.openWith(one.nickname)
  await expect(other.chats.records).toHaveText([/通话时长/])
}

test(
  '[CA14] [F6] a server killed in a call: the talk goes on, and its one record is true',
  { tag: '@quick' },
  async ({ newFriends, ownServer }) => {
    const [anran, bailu] = await newFriends(['安然', '白露'])
    await talk(anran, bailu, 'video')
    await ownServer.kill()
    await expectSound(anran, bailu)
    // Said and heard between the two, with nobody in between.
    await anran.call.toggleMicrophone()
    await expect(bailu.call.says('对方已静音')).toBeVisible()
    await anran.call.toggleMicrophone()
    await ownServer.start()
    await expectTalking('video', anran, bailu)
    await hangUpAndExpectRecord(anran, bailu)
  },
)

test('[CA14] [F6] hung up while the server is away: it learns so, and writes one record', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await ownServer.kill()
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
  await ownServer.start()
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText([/通话时长/])
})

test('[CA14] [F6] a server killed while it rings: it rings on and is answered', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  await ownServer.kill()
  await ownServer.start()
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await bailu.call.answer()
  await expectTalking('audio', anran, bailu)
  await hangUpAndExpectRecord(anran, bailu)
})

test('[CA14] answered while the server is away: the two talk, and it learns so', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  // The answer can go past the server as soon as there is a path between the two.
  for (const { media } of [anran, bailu]) {
    await expect.poll(() => media.connectionStates(), 'there is a path').toEqual(['connected'])
  }
  await ownServer.kill()
  await bailu.call.answer()
  await expectSound(anran, bailu)
  await ownServer.start()
  await expectTalking('audio', anran, bailu)
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
})

test('[CA2] [CA14] answered while the server is away, which had not written the call down: the two talk', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  // Nothing of the call gets on the disk.
  const letGo = holdDatabase(ownServer.dataDir)
  await ring(anran, bailu, 'audio')
  await ownServer.kill()
  letGo()
  await bailu.call.answer()
  await ownServer.start()
  await expectTalking('audio', anran, bailu)
  await hangUpAndExpectRecord(anran, bailu)
})

test('[CA12] [CA14] a page reloaded while the server is away comes back with it', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await ownServer.close()
  await ownServer.start()
  await anran.page.reload()
  await expectTalking('audio', anran, bailu)
})

test('[F7] a server that stands still for half a minute: nothing is lost, nothing comes twice', async ({
  newFriends,
  ownServer,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.minimise()
  ownServer.pause()
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  for (const text of ['一', '二', '三']) await anran.chats.write(text)
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(3)
  await expect(anran.page.getByRole('status').filter({ hasText: /连接/ }).first()).toBeVisible(
    atMost(60_000),
  )
  await expectSound(anran, bailu)
  ownServer.resume()
  await expect(anran.chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
  await bailu.call.minimise()
  await bailu.chats.openWith('安然')
  await expect.poll(() => bailu.chats.texts()).toEqual(['一', '二', '三'])
  await expectTalking('audio', anran, bailu)
})
