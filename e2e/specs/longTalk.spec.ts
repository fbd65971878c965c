import { expect, test } from '../fixtures/index.ts'
import { comeWithLongTalk } from '../fixtures/longTalk.ts'

const COUNT = 1_200

test.describe('[CH10] a conversation of years', () => {
  test('is read from its end to its start and back, drawn and held in parts', async ({
    newFriends,
    users,
    sharedServer: { dataDir },
  }) => {
    const friends = await newFriends(['安然', '白露'])
    const anran = await comeWithLongTalk(friends, { users, dataDir, count: COUNT })
    const [, bailu] = friends
    await anran.chats.openWith('白露')
    const message = (seq: number) => anran.chats.numbered(seq)
    await expect(message(COUNT)).toBeInViewport()
    const drawn = () => anran.chats.log.locator('.entry').count()
    expect(await drawn()).toBeLessThan(60)

    await anran.chats.scrollTo(message(1))
    expect(await drawn()).toBeLessThan(60)
    await anran.page.getByRole('button', { name: '回到最新' }).click()
    await expect(message(COUNT)).toBeInViewport()
    await expect(message(1)).toHaveCount(0)

    await anran.chats.scrollTo(message(COUNT - 450))
    await anran.chats.scrollTo(message(COUNT - 60), 'down')
    await anran.chats.write('我回来了')
    await expect(anran.chats.message('我回来了')).toBeInViewport()
    await expect(bailu.chats.row('安然')).toContainText('我回来了')
  })

  test('what is in sight does not move when more is loaded above, or comes below', async ({
    newFriends,
    users,
    sharedServer: { dataDir },
  }) => {
    const friends = await newFriends(['安然', '白露'])
    const anran = await comeWithLongTalk(friends, { users, dataDir, count: COUNT })
    const [, bailu] = friends
    let release = (): void => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await anran.page.route(/messages\?before=/, async (route) => {
      await released
      await route.continue()
    })
    await anran.chats.openWith('白露')
    const line = anran.chats.numbered(COUNT - 45)
    const asked = anran.page.waitForRequest(/messages\?before=/)
    await anran.chats.scrollTo(line)
    await asked
    const top = () => line.evaluate((element) => Math.round(element.getBoundingClientRect().top))
    const height = () => anran.chats.log.evaluate((element) => element.scrollHeight)
    const [before, short] = [await top(), await height()]
    release()
    await expect.poll(height).toBeGreaterThan(short + 1_000)
    expect(await top()).toBe(before)

    await bailu.contacts.openCard('安然')
    await bailu.page.getByRole('link', { name: '发消息' }).click()
    for (const text of ['一', '二', '三']) await bailu.chats.write(text)
    await expect(anran.page.getByRole('button', { name: '3 条新消息' })).toBeVisible()
    expect(await top()).toBe(before)
  })
})
