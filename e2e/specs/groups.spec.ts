import { expect, test } from '../fixtures/index.ts'

test('a group: begun with contacts, written in by all, joined, named and left', async ({
  newFriends,
}) => {
  const [anran, bailu, chenchen, dingning] = await newFriends(['安然', '白露', '陈晨', '丁宁'])
  await anran.page.getByRole('link', { name: '发起群聊' }).click()
  await anran.page.getByRole('checkbox', { name: '白露' }).click()
  await anran.page.getByRole('checkbox', { name: '陈晨' }).click()
  await anran.page.getByRole('button', { name: '发起群聊（2）' }).click()
  await expect(anran.chats.log).toContainText('你发起了群聊，邀请了白露和陈晨')
  await anran.chats.write('大家好')

  await bailu.chats.row('安然').click()
  await expect(bailu.chats.log).toContainText('安然发起了群聊，邀请了你和陈晨')
  await expect(bailu.chats.message('大家好')).toBeVisible()
  await bailu.chats.write('你好')
  await expect(chenchen.chats.row('安然')).toContainText('白露: 你好')
  await expect(chenchen.chats.row('安然')).toContainText('2 条未读')

  await anran.page.getByRole('button', { name: '聊天信息' }).click()
  await anran.page.getByRole('textbox', { name: '群聊名称' }).fill('周末爬山')
  await anran.page.getByRole('button', { name: '保存' }).click()
  await expect(chenchen.chats.row('周末爬山')).toBeVisible()
  await anran.page.getByRole('link', { name: '添加成员' }).click()
  await anran.page.getByRole('checkbox', { name: '丁宁' }).click()
  await anran.page.getByRole('button', { name: '添加（1）' }).click()
  await dingning.chats.row('周末爬山').click()
  await expect(dingning.chats.log).toContainText('安然邀请你加入了群聊')
  await expect(dingning.chats.message('大家好')).toHaveCount(0)
  await dingning.chats.write('我来了')
  await expect(bailu.chats.message('我来了')).toBeVisible()

  await bailu.page.getByRole('button', { name: '聊天信息' }).click()
  await bailu.page.getByRole('button', { name: '退出群聊' }).click()
  await bailu.page.getByRole('button', { name: '退出', exact: true }).click()
  await expect(bailu.chats.row('周末爬山')).toHaveCount(0)
  await expect(anran.chats.log).toContainText('白露退出了群聊')
  await anran.page.reload()
  await expect(anran.chats.message('你好')).toBeVisible()
  await expect(anran.page.getByText('周末爬山（3）')).toBeVisible()
})
