import { expect, test } from 'vitest'
import { DEMO_ACCOUNTS } from '#server/demo.ts'
import { demoAccountLines } from '../../scripts/demoAccounts.mjs'

test('the accounts that a person is told of are those that the server makes', () => {
  const told = demoAccountLines('development').filter((line) => /^ +\d/.test(line))
  expect(told).toEqual(DEMO_ACCOUNTS.map(({ mobile, nickname }) => `  ${mobile}  ${nickname}`))
})

test('nobody is told of accounts in production', () => {
  expect(demoAccountLines('production')).toEqual([])
})
