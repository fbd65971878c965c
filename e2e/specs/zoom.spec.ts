import type { Locator } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { tabOf, type Tab } from '../fixtures/users.ts'
import { atMost } from '../fixtures/patience.ts'

// A look of the recorder of traces counts as a gesture.
test.use({ chromium: 'full', autoplay: 'after-gesture', trace: 'off' })

/** 400 % of 1280 × 1024 and of 780 × 1688, and a telephone on its side. */
const SIZES = [
  { width: 320, height: 256 },
  { width: 195, height: 422 },
  { width: 640, height: 360 },
] as const

const LANGUAGES = {
  'zh-CN': {
    call: '视频通话',
    cancel: '取消',
    answer: '接听',
    decline: '拒绝',
    hangUp: '挂断',
    listen: '继续（只听）',
    dismiss: '知道了',
    camera: '摄像头',
    hear: '点此打开声音',
  },
  en: {
    call: 'Video call',
    cancel: 'Cancel',
    answer: 'Answer',
    decline: 'Decline',
    hangUp: 'Hang up',
    listen: 'Just listen',
    dismiss: 'OK',
    camera: 'Camera',
    hear: 'Tap to hear',
  },
} as const

/** Runs in the page: whether a press anywhere on the button meets it. */
function isWholeInReach(button: Element): boolean {
  const { left, right, top, bottom } = (button.firstElementChild ?? button).getBoundingClientRect()
  const x = (left + right) / 2
  const y = (top + bottom) / 2
  const points = [
    [x, y],
    [x, top + 2],
    [x, bottom - 2],
    [left + 2, y],
    [right - 2, y],
  ] as const
  return points.every(([px, py]) => button.contains(document.elementFromPoint(px, py)))
}

async function expectInReach({ page, call }: Tab, names: readonly string[]): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const name of names) {
      const button: Locator = call.button(name)
      const where = `${name} at ${size.width} × ${size.height}`
      await expect(async () => {
        await call.stir()
        expect(await button.evaluate(isWholeInReach), where).toBe(true)
      }, where).toPass(atMost(45_000))
    }
  }
}

for (const [locale, say] of Object.entries(LANGUAGES)) {
  test(`what answers and ends a call is in reach however far one zooms in, in ${locale}`, async ({
    newFriends,
  }) => {
    test.slow()
    const [anran, bailu] = await newFriends([
      { nickname: '安然', permissions: [], locale },
      { nickname: '白露', locale },
    ])
    await anran.page.goto(`/contacts/${bailu.id}`)
    await anran.page.getByRole('button', { name: say.call }).click()
    await expect(bailu.call.ringing('安然')).toBeVisible()
    await expectInReach(bailu, [say.answer, say.decline])

    // With two notices, and without.
    await expect(anran.call.notices).toHaveCount(2)
    await expectInReach(anran, [say.cancel])
    await bailu.call.button(say.answer).click()
    await expect(anran.call.timer).toBeVisible()
    await expectInReach(bailu, [say.hangUp])
    await expectInReach(anran, [say.hangUp])
    await bailu.call.press(say.camera)
    await expect(anran.call.any.locator('video')).toHaveCount(0)
    await expectInReach(anran, [say.hangUp])
    await anran.call.button(say.listen).click()
    await anran.call.button(say.dismiss).click()
    await expect(anran.call.notices).toHaveCount(0)
    await expectInReach(anran, [say.hangUp])
  })
}

for (const [locale, say] of Object.entries(LANGUAGES)) {
  test(`what lets a silent ring sound lies over no other button, in ${locale}`, async ({
    newFriends,
  }) => {
    const [anran, bailu] = await newFriends([
      { nickname: '安然', locale },
      { nickname: '白露', locale },
    ])
    // A tab that nobody has touched.
    const tab = tabOf(await bailu.context.newPage())
    const online = tab.page.waitForEvent('websocket')
    await tab.page.goto('/')
    await (await online).waitForEvent('framereceived')
    await bailu.page.close()
    await anran.page.goto(`/contacts/${bailu.id}`)
    await anran.page.getByRole('button', { name: say.call }).click()
    await expect(tab.call.button(say.hear)).toBeVisible()
    await expectInReach(tab, [say.hear, say.answer, say.decline])
  })
}
