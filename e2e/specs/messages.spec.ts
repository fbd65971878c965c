import type { Friend } from '../fixtures/users.ts'
import { expect, test } from '../fixtures/index.ts'

type Two = readonly [Friend, Friend]

const NUMBERED = ['第一条', '第二条', '第三条']

/** Two friends look at their conversation. */
async function lookTogether([anran, bailu]: Two): Promise<Two> {
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  await bailu.contacts.openCard('安然')
  await bailu.page.getByRole('link', { name: '发消息' }).click()
  return [anran, bailu]
}

test('[CH8] take back and write anew: the other one sees at once that it is gone', async ({
  newFriends,
}) => {
  const [anran, bailu] = await lookTogether(await newFriends(['安然', '白露']))
  await anran.chats.write('明天六点见')
  await expect(bailu.chats.message('明天六点见')).toBeVisible()
  await anran.chats.act('明天六点见', '撤回')
  await expect(bailu.chats.log).toContainText('“安然”撤回了一条消息')
  await expect(bailu.chats.message('明天六点见')).toHaveCount(0)
  await expect(anran.chats.log).toContainText('你撤回了一条消息')

  await anran.page.reload()
  await anran.chats.log.getByRole('button', { name: '重新编辑' }).click()
  await expect(anran.chats.composer).toHaveValue('明天六点见')
  await anran.chats.write('明天七点见')
  await expect(bailu.chats.message('明天七点见')).toBeVisible()
})

test('[CH8] quote, jump to what was quoted, change it: the quote changes with it', async ({
  newFriends,
}) => {
  const [anran, bailu] = await lookTogether(await newFriends(['安然', '白露']))
  await anran.chats.write('几点？')
  for (let n = 1; n <= 12; n += 1) await anran.chats.write(`第${String(n)}条`)
  await bailu.chats.act('几点？', '引用')
  await expect(bailu.page.getByText('引用安然：几点？')).toBeVisible()
  await bailu.chats.write('六点')
  const quote = anran.chats.log.getByRole('button', { name: '安然: 几点？' })
  await expect(quote).toBeVisible()
  await expect(anran.chats.message('几点？')).not.toBeInViewport()
  await quote.click()
  await expect(anran.chats.message('几点？')).toBeInViewport()

  await anran.chats.act('几点？', '编辑')
  await expect(anran.chats.composer).toHaveValue('几点？')
  await anran.chats.write('明天几点？')
  await expect(bailu.chats.message('明天几点？')).toBeVisible()
  await expect(bailu.chats.log).toContainText('已编辑')
  await expect(bailu.chats.log.getByRole('button', { name: '安然: 明天几点？' })).toBeVisible()
  await expect(anran.chats.composer).toHaveValue('')
})

test('answer by an emoji, and take it back', async ({ newFriends }) => {
  const [anran, bailu] = await lookTogether(await newFriends(['安然', '白露']))
  await anran.chats.write('到家了')
  await bailu.chats.act('到家了', '回应 👍')
  const reaction = (of: Friend) => of.chats.log.getByRole('button', { name: /^👍/ })
  await expect(reaction(anran)).toHaveAccessibleName('👍 白露')
  await reaction(anran).click()
  await expect(reaction(bailu)).toHaveAccessibleName('👍 白露和安然')
  await expect(reaction(bailu)).toHaveAttribute('aria-pressed', 'true')
  await reaction(bailu).click()
  await expect(reaction(anran)).toHaveAccessibleName('👍 安然')
})

test('answer by any emoji', async ({ newFriends }) => {
  const [anran, bailu] = await lookTogether(await newFriends(['安然', '白露']))
  await anran.chats.write('我考过了')
  await bailu.chats.act('我考过了', '更多表情回应')
  const picker = bailu.page.getByRole('dialog', { name: '更多表情回应' })
  await picker.getByRole('searchbox', { name: '搜索表情' }).fill('火箭')
  await picker.getByRole('button', { name: '火箭', exact: true }).click()
  await expect(picker).toHaveCount(0)
  await expect(anran.chats.log.getByRole('button', { name: '🚀 白露' })).toBeVisible()
})

test('delete for oneself: gone in every tab of one, there for the other', async ({
  newFriends,
}) => {
  const [anran, bailu] = await lookTogether(await newFriends(['安然', '白露']))
  await anran.chats.write('看 https://ahoy.example/路线，再说')
  const other = await bailu.context.newPage()
  await other.goto(bailu.page.url())
  const text = '看 https://ahoy.example/路线，再说'
  await expect(other.getByRole('log')).toContainText(text)
  await expect(
    other.getByRole('link', { name: 'https://ahoy.example/', exact: true }),
  ).toHaveAttribute('rel', 'noopener noreferrer')
  await bailu.chats.act(text, '删除')
  await expect(other.getByRole('log')).not.toContainText(text)
  await expect(bailu.chats.log).not.toContainText(text)
  await expect(anran.chats.log).toContainText(text)
})

test('after its menu the focus is on what the menu was of, or the nearest that is left', async ({
  newFriends,
}) => {
  const [anran] = await lookTogether(await newFriends(['安然', '白露']))
  const { page, chats } = anran
  for (const text of NUMBERED) await chats.write(text)
  await expect(chats.log.getByRole('img', { name: '发送中' })).toHaveCount(0)
  const openMenu = (text: string) => chats.message(text).click({ button: 'right' })
  const focused = page.locator('.message:focus, .message:focus-within')

  await openMenu('第二条')
  await page.keyboard.press('Escape')
  await expect(focused).toContainText('第二条')

  await openMenu('第一条')
  await page.getByRole('menuitem', { name: '复制', exact: true }).click()
  await expect(focused).toContainText('第一条')

  await openMenu('第二条')
  await page.getByRole('menuitem', { name: '删除', exact: true }).click()
  await expect(chats.message('第二条')).toHaveCount(0)
  await expect(focused).toContainText('第三条')

  await chats.row('白露').click({ button: 'right' })
  await page.keyboard.press('Escape')
  await expect(chats.row('白露')).toBeFocused()
})
