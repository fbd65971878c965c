import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectSound, talk } from '../fixtures/talk.ts'

test('a voice call carries sound both ways and no picture', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  for (const { media } of [anran, bailu]) {
    expect(await media.liveTracks()).toEqual(['audio'])
    expect(await media.inboundVideoFrames()).toBe(0)
  }
})

test('both timers agree', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  const apart = async (): Promise<number> => {
    const [one, other] = await Promise.all([anran.call.seconds(), bailu.call.seconds()])
    return Math.abs(one - other)
  }
  for (const at of [1, 2, 3]) {
    await expect.poll(() => anran.call.seconds()).toBeGreaterThanOrEqual(at)
    expect(await apart()).toBeLessThanOrEqual(1)
  }
})

test('after a call the next one goes as well', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
  await talk(bailu, anran, 'video')
})

test('who answers muted hears and is not heard', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.callByVoice('白露')
  await bailu.call.answerMuted()
  await expect(anran.call.says('对方已静音')).toBeVisible()
  await expectSound(bailu)
  await expect(bailu.call.microphone).toHaveAttribute('aria-pressed', 'false')
  await bailu.call.toggleMicrophone()
  await expectSound(anran)
  await expect(anran.call.says('对方已静音')).toBeHidden()
})

test('two clicks on a call button are one call [F3]', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('button', { name: '语音通话' }).dblclick()
  await expect(bailu.call.ringing('安然')).toBeVisible()
  await bailu.call.button('接听').dblclick()
  await expect(anran.call.timer).toBeVisible()
  await expectSound(anran, bailu)
  for (const { media } of [anran, bailu]) expect(await media.openConnections()).toBe(1)
  await anran.call.button('挂断').dblclick()
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveText([/^通话时长/])
})

test('the picture of the next call starts at what the network carried in the last', async ({
  newFriends,
}) => {
  test.slow()
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const KEY = 'ahoy.start-bitrate'
  await talk(anran, bailu, 'video')
  const kept = () => anran.page.evaluate((key) => Number(localStorage.getItem(key)), KEY)
  await expect.poll(kept).toBeGreaterThanOrEqual(300)
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
  await anran.page.evaluate((key) => {
    localStorage.setItem(key, '777')
  }, KEY)
  await talk(anran, bailu, 'video')
  const startBitrates = () =>
    anran.page.evaluate(() =>
      (window.mediaProbe?.connections.at(-1)?.remoteDescription?.sdp ?? '').match(
        /x-google-start-bitrate=\d+/g,
      ),
    )
  expect(new Set(await startBitrates())).toEqual(new Set(['x-google-start-bitrate=777']))
})
