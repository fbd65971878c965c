import { expect, test, type Tab } from '../fixtures/index.ts'
import { bySound, countWith, pressTogether } from '../fixtures/moment.ts'
import { expectNoCall, expectSound, expectTalking, ring } from '../fixtures/talk.ts'

test('a call rings in every tab of every device, with one sound a device [CA3]', async ({
  newFriends,
  users,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const secondTab = await bailu.openTab()
  const phone = await users.device(bailu, { viewport: { width: 390, height: 844 } })
  await ring(anran, bailu, 'audio')
  for (const { call } of [secondTab, phone]) await expect(call.ringing('安然')).toBeVisible()

  const soundingTabs = async () => (await bySound([bailu, secondTab])).loud.length
  await expect.poll(() => phone.media.tones()).toBeGreaterThan(0)
  await expect.poll(soundingTabs).toBe(1)
  // Also after the tune has begun once more.
  const before = await phone.media.tones()
  await expect.poll(() => phone.media.tones()).toBeGreaterThan(before)
  expect(await soundingTabs()).toBe(1)
})

test('when the tab that sounds is closed, another one of the device takes over', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const tabs = [bailu, await bailu.openTab()]
  await ring(anran, bailu, 'audio')
  for (const { call } of tabs) await expect(call.ringing('安然')).toBeVisible()
  await expect.poll(async () => (await bySound(tabs)).loud.length).toBe(1)
  const { loud, quiet } = await bySound(tabs)
  await loud[0]?.page.close()
  await expect.poll(async () => (await bySound(quiet)).loud.length).toBe(1)
})

test('answered on one device, the others stop and say so [CA5]', async ({ newFriends, users }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const secondTab = await bailu.openTab()
  const phone = await users.device(bailu)
  await ring(anran, bailu, 'audio')
  await expect(secondTab.call.ringing('安然')).toBeVisible()
  await phone.call.answer()
  for (const { call } of [bailu, secondTab]) {
    await call.hasSaid('已在其他设备接听')
  }
  await expectTalking('audio', anran, phone)
  await expectNoCall(bailu, secondTab)
  for (const { media } of [bailu, secondTab]) {
    expect(await media.timesAsked()).toBe(0)
    expect(await media.openConnections()).toBe(0)
  }
})

test('of two devices that answer in one moment one wins [CA5] [F23]', async ({
  newFriends,
  users,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const phone = await users.device(bailu)
  await ring(anran, bailu, 'audio')
  await expect(phone.call.ringing('安然')).toBeVisible()
  await pressTogether([bailu, phone].map(({ page }) => ({ page, name: '接听' })))
  const taken = ({ call }: Tab) => call.heard('已在其他设备接听')
  await expect.poll(() => countWith([bailu, phone], taken)).toBe(1)
  await expect.poll(() => countWith([bailu, phone], ({ call }) => call.timer.isVisible())).toBe(1)
  await expectSound(anran)
  expect(await anran.media.openConnections()).toBe(1)
})

test('declined on one device, it is over on all [CA6]', async ({ newFriends, users }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const phone = await users.device(bailu)
  await ring(anran, bailu, 'video')
  await expect(phone.call.ringing('安然')).toBeVisible()
  await phone.call.decline()
  await bailu.call.hasSaid('已拒绝')
  await anran.call.hasSaid('对方已拒绝')
  await expectNoCall(anran, bailu, phone)
})

test('a tab that is opened while it rings, rings as well [CA3]', async ({ newFriends, users }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await ring(anran, bailu, 'audio')
  const phone = await users.device(bailu)
  await expect(phone.call.ringing('安然')).toBeVisible()
  await phone.call.answer()
  await expectTalking('audio', anran, phone)
})
