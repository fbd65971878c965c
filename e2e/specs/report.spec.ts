import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { expectNoCall, expectTalking, talk } from '../fixtures/talk.ts'
import { layPath } from '../fixtures/udpPath.ts'

/** Parse what the page exports. */
async function exported(page: Page): Promise<Record<string, unknown>> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出 JSON' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^ahoy-call-.*\.json$/)
  return JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>
}

test('a call that lost its path tells afterwards what happened', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const path = await layPath(anran, bailu)
  await talk(anran, bailu, 'audio')
  await expect(anran.page.getByRole('img', { name: /^对方的网络：/ })).toBeVisible()
  path.cut()
  await expect(anran.call.says('正在重新连接…')).toBeVisible()
  path.heal()
  await expectTalking('audio', anran, bailu)
  await expect(anran.call.says('正在重新连接…')).toHaveCount(0)
  await anran.call.hangUp()

  const { page } = anran
  await page.getByRole('link', { name: '通话报告' }).click()
  await expectNoCall(anran)
  await expect(page.getByRole('heading', { level: 1, name: '通话报告' })).toBeVisible()
  await expect(page.getByText(/^线路中断 1 次，共 \d+ 秒。$/)).toBeVisible()
  const steps = page.getByRole('region', { name: '经过' }).getByRole('listitem')
  await expect(steps).toContainText([
    '你发起了语音通话',
    '通话接通',
    '线路中断',
    '线路恢复',
    '通话时长',
  ])
  const charts = page.getByRole('region', { name: '曲线' })
  for (const name of [/^丢失（%）/, /^延迟（ms）/, /^码率（kbit\/s）/]) {
    await expect(charts.getByRole('img', { name }).locator('canvas')).toBeVisible()
  }

  const report = await exported(page)
  expect(Object.keys(report).toSorted()).toEqual(
    'beganAt callId end entries format kind role seconds talkedAt totals version'.split(' '),
  )
  expect(report).toMatchObject({ format: 'ahoy-call-report', version: 1, kind: 'audio' })
  expect(report['totals']).toMatchObject({ losses: 1 })
  expect(report['end']).toMatchObject({ outcome: 'completed' })
  expect(report['seconds']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        score: expect.any(Number),
        theirScore: expect.any(Number),
        receivedKbps: expect.any(Number),
        relayed: false,
      }),
    ]),
  )
  expect(JSON.stringify(report)).not.toMatch(
    /candidate:|a=|v=0|\d+\.\d+\.\d+\.\d+|\.local|白露|安然/,
  )
  path.close()
})

test('the last calls can be looked at from the settings, also after a reload', async ({
  newFriends,
}) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'video')
  await bailu.call.hangUp()
  await expectNoCall(anran, bailu)
  const { page } = anran
  await page.goto('/settings')
  await page.getByRole('link', { name: '最近通话' }).click()
  await page.getByRole('link', { name: /^白露/ }).click()
  await expect(page.getByRole('region', { name: '通话情况' })).toContainText('白露')
  await page.reload()
  await expect(page.getByText('线路建立，可以互相听到')).toBeVisible()
})

test('a page that was reloaded in the call tells what was before, too', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  // What happened a moment before the page goes may be lost with it.
  await expect(anran.page.getByRole('img', { name: /^对方的网络：/ })).toBeVisible()
  await anran.page.reload()
  await expectTalking('audio', anran, bailu)
  await anran.call.hangUp()
  await expectNoCall(anran, bailu)
  await anran.page.goto('/settings/calls')
  await anran.page.getByRole('link', { name: /^白露/ }).click()
  const steps = anran.page.getByRole('region', { name: '经过' }).getByRole('listitem')
  await expect(steps).toContainText(['你发起了语音通话', '通话接通', '你重新打开了页面，回到通话'])
})

test('the record of a call in the chat leads to its report', async ({ newFriends }) => {
  const [anran, bailu] = await newFriends(['安然', '白露'])
  await talk(anran, bailu, 'audio')
  await anran.call.hangUp()
  await expectNoCall(anran, bailu)
  await anran.chats.openWith('白露')
  await anran.chats.records.click({ button: 'right' })
  await anran.page.getByRole('menuitem', { name: '通话报告' }).click()
  await expect(anran.page.getByRole('heading', { level: 1, name: '通话报告' })).toBeVisible()
  await expect(anran.page.getByRole('region', { name: '经过' })).toContainText('你发起了语音通话')
})
