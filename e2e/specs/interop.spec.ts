import { hasFirefox, withFirefoxUser } from '../fixtures/firefox.ts'
import { expect, testAlone as test } from '../fixtures/index.ts'
import type { Media } from '../fixtures/media.ts'

test.skip(() => !hasFirefox(), 'there is no Firefox on this machine')

const BAILU = { mobile: '13006789002', password: '123456' }

/** Sound is heard and pictures are seen here, and go on being so. */
async function expectMedia(media: Media): Promise<void> {
  const [frames, energy] = [await media.inboundVideoFrames(), await media.inboundAudioEnergy()]
  await expect.poll(() => media.inboundVideoFrames()).toBeGreaterThan(frames + 5)
  await expect.poll(() => media.inboundAudioEnergy()).toBeGreaterThan(energy + 0.001)
}

test('Chromium calls Firefox, and both hear and see the other', async ({ newUser, server }) => {
  const anran = await newUser(0)
  await withFirefoxUser(server.url, BAILU, async (bailu) => {
    await anran.contacts.callByVideo('白露')
    await bailu.see('[role=alertdialog][aria-label="安然"]')
    await bailu.press('接听')
    await expect(anran.call.timer).toBeVisible()
    await expectMedia(anran.media)
    await expectMedia(bailu.media)
    await bailu.press('挂断')
    await anran.call.hasSaid(/^通话时长/)
    await expect.poll(() => bailu.media.openConnections()).toBe(0)
    await expect.poll(() => bailu.media.liveTracks()).toEqual([])
  })
})

test('Firefox calls Chromium, and both hear and see the other', async ({ newUser, server }) => {
  const anran = await newUser(0)
  await withFirefoxUser(server.url, BAILU, async (bailu) => {
    await bailu.openContact('安然')
    await bailu.press('视频通话')
    await expect(anran.call.ringing('白露')).toBeVisible()
    await anran.call.answer()
    await expect(anran.call.timer).toBeVisible()
    await expectMedia(anran.media)
    await expectMedia(bailu.media)
    await anran.call.hangUp()
    await expect.poll(() => bailu.media.openConnections()).toBe(0)
    await expect.poll(() => bailu.media.liveTracks()).toEqual([])
  })
})
