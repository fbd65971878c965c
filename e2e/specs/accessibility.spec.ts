import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { expectTalking, ring } from '../fixtures/talk.ts'
import { lingerLonger } from '../fixtures/watching.ts'

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
] as const

/**
 * What axe finds fault with, in words: everything in the light, and in the dark what a colour can
 * be wrong in.
 */
async function faultsOf(page: Page, where: string): Promise<string[]> {
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // No page of ours has frames, which is what the slower mode is for.
    const axe = new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'], preload: { assets: ['cssom'] } })
    if (colorScheme === 'dark') axe.withRules('color-contrast')
    const { violations } = await axe.analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
    )
    faults.push(...found.map((fault) => `${where}, ${colorScheme}: ${fault}`))
  }
  return faults
}

for (const viewport of SIZES) {
  const size = `${viewport.width} wide`

  test(`axe finds no fault with the pages (${size})`, async ({ newVisitor, newFriends }) => {
    test.slow()
    const faults: string[] = []

    const { page: entry } = await newVisitor({ viewport })
    for (const path of ['/login', '/register']) {
      await entry.goto(path)
      await expect(entry.getByRole('heading', { level: 1 })).toBeVisible()
      faults.push(...(await faultsOf(entry, path)))
    }

    const [anran, bailu] = await newFriends([{ nickname: '安然', viewport }, '白露'])
    const { page } = anran
    await ring(bailu, anran, 'audio')
    await anran.call.declineWith('稍后回电')
    await anran.contacts.openCard('白露')
    const contact = new URL(page.url()).pathname
    await page.getByRole('link', { name: '发消息' }).click()
    await expect(anran.chats.records).toBeVisible()
    const chat = new URL(page.url()).pathname
    for (const path of [
      '/',
      chat,
      '/chats/new',
      '/chats/search',
      `${chat}/search`,
      '/contacts',
      contact,
      '/contacts/new',
      '/contacts/find',
      '/discover',
      '/me',
      '/settings',
      '/settings/calls',
      '/nowhere',
    ]) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await page.evaluate(() => document.fonts.ready)
      faults.push(...(await faultsOf(page, path)))
    }
    expect(faults).toEqual([])
  })

  test(`axe finds no fault with a call (${size})`, async ({ newFriends }) => {
    test.slow()
    const [anran, bailu] = await newFriends([
      { nickname: '安然', viewport },
      { nickname: '白露', viewport },
    ])
    const faults: string[] = []
    const look = async (page: Page, where: string): Promise<void> => {
      faults.push(...(await faultsOf(page, where)))
    }
    await lingerLonger(anran.page)
    await anran.contacts.callByVideo('白露')
    await expect(bailu.call.ringing('安然')).toBeVisible()
    await expect(anran.call.says('等待对方接听')).toBeVisible()
    await look(anran.page, 'waiting')
    await look(bailu.page, 'coming')
    await bailu.call.button('回复消息').click()
    await look(bailu.page, 'reply')
    await bailu.page.keyboard.press('Escape')
    await bailu.call.answer()
    await expectTalking('video', anran, bailu)
    await anran.call.stir()
    await look(anran.page, 'calling with pictures')
    await anran.call.press('设备')
    await look(anran.page, 'devices')
    await anran.page.keyboard.press('Escape')
    for (const { call } of [anran, bailu]) await call.toggleCamera()
    await expect(anran.call.says('对方已关闭摄像头')).toBeVisible()
    await look(anran.page, 'calling without pictures')
    await bailu.call.minimise()
    await look(bailu.page, 'small')
    await anran.call.hangUp()
    await expect(anran.call.says(/^通话时长/)).toBeVisible()
    await look(anran.page, 'closing')
    await anran.page.goto('/settings/calls')
    await anran.page.getByRole('link', { name: /^白露/ }).click()
    await expect(anran.page.locator('canvas').first()).toBeVisible()
    await look(anran.page, 'report')
    expect(faults).toEqual([])
  })
}
