import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { expectTalking, ring } from '../fixtures/talk.ts'
import { lingerLonger } from '../fixtures/watching.ts'

const LOOKS = [
  { colorScheme: 'light', width: 390, height: 844 },
  { colorScheme: 'dark', width: 390, height: 844 },
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 1280, height: 800 },
] as const

/** What axe finds fault with, in words. */
async function faultsOf(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${where}: ${id}: ${html}\n${failureSummary ?? ''}`),
  )
}

for (const { colorScheme, width, height } of LOOKS) {
  const look = `${colorScheme}, ${width} wide`

  test(`axe finds no fault with the pages (${look})`, async ({ newVisitor, newFriends }) => {
    test.slow()
    const viewport = { width, height }
    const faults: string[] = []

    const { page: entry } = await newVisitor({ viewport })
    await entry.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of ['/login', '/register']) {
      await entry.goto(path)
      await expect(entry.getByRole('heading', { level: 1 })).toBeVisible()
      faults.push(...(await faultsOf(entry, path)))
    }

    const [anran, bailu] = await newFriends([{ nickname: '安然', viewport }, '白露'])
    const { page } = anran
    await ring(bailu, anran, 'audio')
    await anran.call.declineWith('稍后回电')
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await anran.contacts.openCard('白露')
    const contact = new URL(page.url()).pathname
    await page.getByRole('link', { name: '发消息' }).click()
    await expect(anran.chats.records).toBeVisible()
    const chat = new URL(page.url()).pathname
    for (const path of [
      '/',
      chat,
      '/chats/new',
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

  test(`axe finds no fault with a call (${look})`, async ({ newFriends }) => {
    test.slow()
    const viewport = { width, height }
    const [anran, bailu] = await newFriends([
      { nickname: '安然', viewport },
      { nickname: '白露', viewport },
    ])
    const faults: string[] = []
    const look = async (page: Page, where: string): Promise<void> => {
      faults.push(...(await faultsOf(page, where)))
    }
    for (const { page } of [anran, bailu]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
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
