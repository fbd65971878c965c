import { expect, test } from '../fixtures/index.ts'
import { tabOf } from '../fixtures/users.ts'
import { expectSound } from '../fixtures/talk.ts'

// Already a look at an element counts as a gesture, and the recorder of traces looks at all.
test.use({ autoplay: 'after-gesture', trace: 'off' })

test('where the browser keeps the ring silent, a tap lets it sound', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  // A tab that nobody has touched.
  const tab = tabOf(await bailu.context.newPage())
  const online = tab.page.waitForEvent('websocket')
  await tab.page.goto('/')
  await (await online).waitForEvent('framereceived')
  await bailu.page.close()

  await anran.contacts.callByVoice('白露')
  await expect(anran.call.says('等待对方接听')).toBeVisible()
  const unlock = tab.call.button('点此打开声音')
  await expect(unlock).toBeVisible()
  expect(await tab.media.tones()).toBe(0)
  await unlock.click()
  await expect.poll(() => tab.media.tones()).toBeGreaterThan(0)
  await expect(unlock).toBeHidden()
  await tab.call.answer()
  await expectSound(anran, tab)
})
