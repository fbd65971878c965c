import { expect, test } from '../fixtures/index.ts'
import { expectSound } from '../fixtures/talk.ts'

test('log in, dial, answer and hang up in English, with everything that moves', async ({
  newVisitor,
}) => {
  const people = [
    { mobile: '13006789001', ...(await newVisitor({ locale: 'en-GB', moves: true })) },
    { mobile: '13006789002', ...(await newVisitor({ locale: 'en-GB', moves: true })) },
  ] as const
  for (const { page, mobile } of people) {
    await page.goto('/login')
    await page.getByRole('textbox', { name: 'Mobile number' }).fill(mobile)
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('123456')
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await expect(page.getByRole('navigation')).toBeVisible()
  }
  const [caller, callee] = people
  await caller.page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await caller.page.getByRole('link', { name: '白露' }).click()
  await caller.page.getByRole('button', { name: 'Voice call' }).click()
  await expect(callee.page.getByRole('alertdialog', { name: '安然' })).toBeVisible()
  await expect(callee.call.says('Incoming voice call')).toBeVisible()
  await expect(callee.call.button('Decline')).toBeVisible()
  await expect(caller.call.says('Ringing…')).toBeVisible()
  await expect(caller.call.button('Cancel')).toBeVisible()
  await callee.call.button('Answer').click()
  await expect(caller.call.timer).toBeVisible()
  await expectSound(caller, callee)
  for (const name of ['Microphone', 'Camera', 'Minimise']) {
    await expect(caller.call.button(name)).toBeVisible()
  }
  await caller.call.press('Devices')
  const sheet = caller.page.getByRole('dialog', { name: 'Choose devices' })
  await expect(sheet).toBeVisible()
  await caller.page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await caller.call.press('Hang up')
  await expect(callee.call.any.getByText(/\d\d:\d\d/)).toBeVisible()
  await caller.page.getByRole('link', { name: 'Message', exact: true }).click()
  await expect(
    caller.page.getByRole('log').getByRole('button', { name: /call again/i }),
  ).toContainText(/\d\d:\d\d/)
})
