import type { Locator } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'

const HEBREW = 'שלום, מה שלומך?'
const ARABIC = 'مرحبا، كيف حالك؟'
const ENGLISH = 'A line of English that is longer than the others'

/** How far the first line of a text stands from the sides of its box, in CSS px. */
const firstLine = (text: Locator) =>
  text.evaluate((box) => {
    const range = document.createRange()
    range.selectNodeContents(box)
    const rects = [...range.getClientRects()]
    const line = rects.filter(({ top }) => top < (rects[0]?.bottom ?? 0))
    const { left, right } = box.getBoundingClientRect()
    return {
      fromLeft: Math.min(...line.map((rect) => rect.left)) - left,
      fromRight: right - Math.max(...line.map((rect) => rect.right)),
    }
  })

const directionOf = (element: Locator) => element.evaluate((box) => getComputedStyle(box).direction)

test('Hebrew and Arabic run from the right, where they are written and where they are read', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await anran.chats.composer.fill(HEBREW)
  expect(await directionOf(anran.chats.composer)).toBe('rtl')
  await anran.chats.composer.fill(ENGLISH)
  expect(await directionOf(anran.chats.composer)).toBe('ltr')

  const mixed = [`${HEBREW}\n${ENGLISH}`, `${ARABIC}\n${ENGLISH}`]
  for (const text of mixed) await anran.chats.write(text)
  await bailu.chats.openWith('安然')
  for (const text of mixed) {
    const bubble = bailu.chats.message(text)
    await expect(bubble).toBeVisible()
    const { fromLeft, fromRight } = await firstLine(bubble)
    expect(fromRight).toBeLessThan(2)
    expect(fromLeft).toBeGreaterThan(20)
  }
})
