import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectSilence, expectSound, expectTalking, talk } from '../fixtures/talk.ts'
import { layPath } from '../fixtures/udpPath.ts'
import { atMost } from '../fixtures/patience.ts'

test('[F18] the path is gone for some seconds: it is said, with a soft tone, and the talk goes on', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const path = await layPath(anran, bailu)
  await talk(anran, bailu, 'video')
  const tones = await anran.media.tones()
  path.cut()
  for (const { call } of [anran, bailu]) await expect(call.says('正在重新连接…')).toBeVisible()
  await expectSilence(anran, bailu)
  await expect.poll(() => anran.media.tones(), 'a soft tone').toBeGreaterThan(tones)
  path.heal()
  await expectTalking('video', anran, bailu)
  for (const { call } of [anran, bailu]) await expect(call.says('正在重新连接…')).toBeHidden()
  await anran.call.hangUp()
  await expectNoCall(anran, bailu)
  await bailu.chats.openWith('安然')
  await expect(bailu.chats.records).toHaveText([/通话时长/])
  path.close()
})

test('[F19] the old path stays dead and another one is there: it is found', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const path = await layPath(anran, bailu)
  await talk(anran, bailu, 'audio')
  path.cut()
  await expect(anran.call.says('正在重新连接…')).toBeVisible()
  // Not before: a candidate that comes late would be another path at once, and nothing lost.
  path.openNewPorts()
  await expect(anran.call.says('正在重新连接…')).toBeHidden(atMost(60_000))
  await expectSound(anran, bailu)
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
  path.close()
})
