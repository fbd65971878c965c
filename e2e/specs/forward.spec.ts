import { expect, test } from '../fixtures/index.ts'

test('forward a message to several, also over a reload', async ({ newFriends }) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  await anran.chats.beginGroup('白露', '陈晨')
  await anran.chats.write('周六东门见')
  await anran.chats.act('周六东门见', '转发')
  const places = anran.page.getByRole('list', { name: '可以转发到' })
  await expect(places).toBeVisible()
  await anran.page.reload()
  await places.getByRole('checkbox', { name: '白露', exact: true }).click()
  await places.getByRole('checkbox', { name: '陈晨', exact: true }).click()
  // It is said for a moment only.
  const said = anran.page.getByText('已转发').waitFor()
  await anran.page.getByRole('button', { name: '转发（2/9）' }).click()
  await said
  await expect(anran.chats.message('周六东门见')).toBeVisible()
  for (const friend of [bailu, chenchen]) {
    await expect(friend.chats.row('周六东门见')).toHaveCount(2)
  }
})

test('choose several, to forward and to delete', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露', '陈晨'])
  await anran.contacts.openCard('白露')
  await anran.page.getByRole('link', { name: '发消息' }).click()
  for (const text of ['一', '二', '三']) await anran.chats.write(text)
  await bailu.chats.openWith('安然')
  await bailu.chats.act('一', '多选')
  const bar = bailu.page.getByRole('toolbar', { name: '多选' })
  await expect(bar).toContainText('已选 1 条')
  await bailu.chats.message('三').click({ force: true })
  await expect(bar).toContainText('已选 2 条')
  await expect(bailu.chats.composer).toHaveCount(0)
  await bar.getByRole('button', { name: '转发' }).click()
  await bailu.page.getByRole('checkbox', { name: '陈晨' }).click()
  await bailu.page.getByRole('button', { name: '转发（1/9）' }).click()
  await bailu.chats.openWith('陈晨')
  await expect(bailu.chats.message('三')).toBeVisible()
  expect(await bailu.chats.texts()).toEqual(['一', '三'])

  await bailu.chats.openWith('安然')
  await bailu.chats.act('二', '多选')
  await bailu.page.getByRole('checkbox', { name: '三' }).check()
  await bar.getByRole('button', { name: '删除' }).click()
  await expect(bailu.chats.message('二')).toHaveCount(0)
  expect(await bailu.chats.texts()).toEqual(['一'])
  await expect(bailu.chats.composer).toBeVisible()
  expect(await anran.chats.texts()).toEqual(['一', '二', '三'])
})
