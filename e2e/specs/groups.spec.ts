import { expect, test } from '../fixtures/index.ts'

test(
  'a group: begun with contacts, written in by all, joined, named and left',
  { tag: '@quick' },
  async ({ newFriends }) => {
    const [anran, bailu, chenchen, dingning] = await newFriends(['安然', '白露', '陈晨', '丁宁'])
    await anran.chats.beginGroup('白露', '陈晨')
    await expect(anran.chats.log).toContainText('你发起了群聊，邀请了白露和陈晨')
    await anran.chats.write('大家好')

    await bailu.chats.row('安然').click()
    await expect(bailu.chats.log).toContainText('安然发起了群聊，邀请了你和陈晨')
    await expect(bailu.chats.message('大家好')).toBeVisible()
    await bailu.chats.write('你好')
    await expect(chenchen.chats.row('安然')).toContainText('白露: 你好')
    await expect(chenchen.chats.row('安然')).toContainText('2 条未读')

    await anran.chats.openInfo()
    await anran.page.getByRole('textbox', { name: '群聊名称' }).fill('周末爬山')
    await anran.page.getByRole('button', { name: '保存群聊名称' }).click()
    await expect(chenchen.chats.row('周末爬山')).toBeVisible()
    await anran.page.getByRole('link', { name: '添加成员' }).click()
    await anran.page.getByRole('checkbox', { name: '丁宁' }).click()
    await anran.page.getByRole('button', { name: '添加（1）' }).click()
    await dingning.chats.row('周末爬山').click()
    await expect(dingning.chats.log).toContainText('安然邀请你加入了群聊')
    await expect(dingning.chats.message('大家好')).toHaveCount(0)
    await dingning.chats.write('我来了')
    await expect(bailu.chats.message('我来了')).toBeVisible()

    await bailu.chats.openInfo()
    await bailu.page.getByRole('button', { name: '退出群聊' }).click()
    await bailu.page.getByRole('button', { name: '退出', exact: true }).click()
    await expect(bailu.chats.row('周末爬山')).toHaveCount(0)
    await expect(anran.chats.log).toContainText('白露退出了群聊')
    await anran.page.reload()
    await expect(anran.chats.message('你好')).toBeVisible()
    await expect(anran.page.getByText('周末爬山（3）')).toBeVisible()
  },
)

test('a group is looked after: announced in, ruled by admins, handed over and dissolved [CH8]', async ({
  newFriends,
}) => {
  const [anran, bailu, chenchen] = await newFriends(['安然', '白露', '陈晨'])
  await anran.chats.beginGroup('白露', '陈晨')
  await chenchen.chats.row('安然').click()
  await chenchen.chats.write('广告')

  await anran.chats.openInfo()
  await anran.page.getByRole('link', { name: '群公告' }).click()
  await anran.page.getByRole('textbox', { name: '公告内容' }).fill('周六八点，东门见')
  await anran.page.getByRole('button', { name: '发布' }).click()
  await expect(chenchen.chats.log).toContainText('安然发布了群公告：周六八点，东门见')

  await anran.chats.openInfo()
  await anran.page.getByRole('link', { name: '白露', exact: true }).click()
  await anran.page.getByRole('button', { name: '设为管理员' }).click()
  await expect(chenchen.chats.log).toContainText('安然将白露设为管理员')

  await bailu.chats.row('安然').click()
  await bailu.chats.openInfo()
  await bailu.page.getByRole('textbox', { name: '我在本群的昵称' }).fill('队长')
  await bailu.page.getByRole('button', { name: '保存我在本群的昵称' }).click()
  await bailu.chats.row('安然').click()
  await bailu.chats.act('广告', '撤回')
  await expect(chenchen.chats.log).toContainText('“队长”撤回了一条消息')
  await bailu.chats.openInfo()
  await bailu.page.getByRole('link', { name: '陈晨', exact: true }).click()
  await bailu.page.getByRole('button', { name: '移出群聊' }).click()
  await bailu.page.getByRole('button', { name: '移出', exact: true }).click()
  await expect(chenchen.chats.log).toContainText('队长将你移出了群聊')
  await expect(chenchen.page.getByText('你已不在此群聊中')).toBeVisible()

  await anran.page.getByRole('button', { name: '转让群主' }).click()
  await anran.page.getByRole('button', { name: '转让', exact: true }).click()
  await expect(anran.page.getByRole('button', { name: '转让群主' })).toHaveCount(0)
  await bailu.page.getByRole('button', { name: '解散群聊' }).click()
  await bailu.page.getByRole('button', { name: '解散', exact: true }).click()
  await expect(bailu.chats.log).toContainText('你解散了群聊')
  await expect(bailu.page.getByText('你已不在此群聊中')).toBeVisible()
})

test('who said something in a group sees who has read it', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露', '陈晨'])
  await anran.chats.beginGroup('白露', '陈晨')
  await anran.chats.write('东门见')
  const told = bailu.page.waitForResponse(/\/read$/)
  await bailu.chats.row('安然').click()
  await told
  await anran.chats.act('东门见', '谁已读')
  await expect(anran.page.getByRole('list', { name: '已读（1）' })).toContainText('白露')
  await expect(anran.page.getByRole('list', { name: '未读（1）' })).toContainText('陈晨')
})
