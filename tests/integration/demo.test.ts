import { describe, expect, it } from 'vitest'
import { createTestApp } from '../support/server/testApp.ts'
import { accountOf, contactsOf } from '../support/server/friends.ts'

const NICKNAMES = ['安然', '白露', '陈晨', '丁宁', '方圆', '谷雨', '何夕', '江月', '林深', '沐阳']

describe('the demo accounts', () => {
  it('are ten, and contacts of one another', async () => {
    const { demo } = await createTestApp()
    for (let n = 1; n <= 10; n += 1) {
      const tab = await demo(n)
      const { nickname } = await accountOf(tab)
      expect(nickname).toBe(NICKNAMES[n - 1])
      const contacts = await contactsOf(tab)
      expect(contacts.map((contact) => contact.nickname)).toEqual(
        NICKNAMES.filter((other) => other !== nickname),
      )
    }
  })

  it('share one conversation for each pair', async () => {
    const { rows } = await createTestApp()
    expect(rows('SELECT count(*) AS n FROM conversations')).toMatchObject([{ n: 45 }])
    expect(rows('SELECT count(*) AS n FROM members')).toMatchObject([{ n: 90 }])
  })

  it('are not made in production', async () => {
    const { rows } = await createTestApp({ env: { NODE_ENV: 'production' } })
    expect(rows('SELECT id FROM users')).toEqual([])
  })

  it('are not made where somebody is already', async () => {
    const env = { NODE_ENV: 'production', PUBLIC_HOSTS: 'ahoy.example' }
    const first = await createTestApp({ env })
    const body = { mobile: '13912345678', password: 'correct horse', nickname: '主人' }
    const made = await first.browser().post('/api/accounts', body)
    expect(made.status).toBe(201)
    await first.app.close()
    const second = await createTestApp({ dataDir: first.dataDir })
    expect(second.rows('SELECT nickname FROM users')).toMatchObject([{ nickname: '主人' }])
  })
})
