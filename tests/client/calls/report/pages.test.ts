import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import CallReportPage from '#client/calls/report/CallReportPage.vue'
import CallReportsPage from '#client/calls/report/CallReportsPage.vue'
import type { CallReport } from '#client/calls/blackBox/callReport.ts'
import type { AccountDatabases } from '#client/platform/database/AccountDatabase.ts'
import { aReport, TALK } from '../../../support/calls/callReports.ts'
import { aCallId, bob } from '../../../support/calls/people.ts'
import { createFakeDatabases } from '../../../support/client/fakeDatabases.ts'
import { mountClient } from '../../../support/client/mountClient.ts'
import { ME } from '../../../support/client/people.ts'

const LOST = [
  ...TALK,
  { type: 'link', link: 'reconnecting', s: 10 },
  { type: 'link', link: 'connected', s: 14 },
] as const

async function keeping(...reports: CallReport[]): Promise<AccountDatabases> {
  const databases = createFakeDatabases()
  const database = await databases.open(ME.id)
  for (const report of reports) {
    await database.putRecord('calls', { id: report.callId, peer: bob.view, report })
  }
  return databases
}

it('lists the last calls, and says which had trouble', async () => {
  const databases = await keeping(aReport({ happened: LOST }), {
    ...aReport({ callId: aCallId(2) }),
    beganAt: 0,
  })
  const { text } = await mountClient(CallReportsPage, { databases, locale: 'en' })
  await flushPromises()
  const rows = [...document.querySelectorAll('li')].map(({ textContent }) => textContent)
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain('Had problems')
  expect(rows[1]).not.toContain('Had problems')
  expect(document.querySelector('li a')?.getAttribute('href')).toBe(`/settings/calls/${aCallId()}`)
  expect(text()).toContain('Kept only in this browser.')
})

it('says that there are none, and leaves out what does not fit', async () => {
  const databases = await keeping({ ...aReport(), version: 2 as 1 })
  const { text } = await mountClient(CallReportsPage, { databases })
  await flushPromises()
  expect(text()).toContain('还没有通话')
})

it('tells what happened in a call, in words', async () => {
  const databases = await keeping(aReport({ happened: LOST }))
  const props = { id: aCallId() }
  const { text } = await mountClient(CallReportPage, { databases, props, locale: 'en' })
  await flushPromises()
  expect(text()).toContain('The connection dropped 1×, for 4 s in total.')
  expect(text()).toMatch(/Connection lost 4 s.*Connection restored.*Duration 00:59/)
  const link = document.querySelector('a[download]')
  expect(link?.getAttribute('download')).toMatch(/^ahoy-call-.*\.json$/)
})

it('says that a report is not there any more', async () => {
  const databases = await keeping()
  const { text } = await mountClient(CallReportPage, { databases, props: { id: aCallId(7) } })
  await flushPromises()
  expect(text()).toContain('找不到这份报告')
})
