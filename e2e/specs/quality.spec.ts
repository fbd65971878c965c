import { expect, test } from '../fixtures/index.ts'
import { expectPicture, expectSilence, expectSound, talk } from '../fixtures/talk.ts'

test('each side sees bars for both', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  for (const { page } of [anran, bailu]) {
    await expect(page.getByRole('img', { name: /^你的网络：/ })).toBeVisible()
    await expect(page.getByRole('img', { name: /^对方的网络：/ })).toBeVisible()
  }
})

test('a picture that nobody looks at is not sent, and comes back when one looks', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  await anran.call.minimise()
  await expect.poll(() => bailu.media.activePictures()).toBe(0)
  await expectSound(anran, bailu)
  await expectPicture(bailu)
  await anran.call.restore()
  await expect.poll(() => bailu.media.activePictures()).toBe(1)
  await expectPicture(anran)
  await expect(anran.call.says('对方的画面停住了')).toBeHidden()
})

test('no sound from somebody who is not muted is said, and no more when it is back', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await bailu.media.sendSound(false)
  await expect(anran.call.says('没有声音传来')).toBeVisible()
  await bailu.media.sendSound(true)
  await expect(anran.call.says('没有声音传来')).toBeHidden()
  await expectSound(anran, bailu)
})

test('sound that is stuck at its sender is set going again by itself', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await bailu.media.loseSound()
  await expectSilence(anran)
  await expect(anran.call.says('没有声音传来')).toBeVisible()
  await expectSound(anran, bailu)
  await expect(anran.call.says('没有声音传来')).toBeHidden()
})
