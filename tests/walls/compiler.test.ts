import { describe, expect, test } from 'vitest'
import { errorsOfPlanted, type Floor } from './compile.ts'

const NOT_OF_THIS_PROJECT = 'TS6307'
const UNKNOWN_NAME = /TS(2304|2552|2580|2584|2591)/

describe('the compiler', () => {
  test.each<[Floor, string, string]>([
    ['client', "export type { Config } from '#server/config.ts'", "export * from '#shared/ids.ts'"],
    ['server', "export * from '#client/platform/keys.ts'", "export * from '#shared/ids.ts'"],
    ['shared', "export * from '../client/platform/device.ts'", "export * from './ids.ts'"],
    ['shared', "export type { Config } from '../server/config.ts'", "export * from './limits.ts'"],
  ])('keeps %s from importing another floor: %s', (floor, breaks, keeps) => {
    expect(errorsOfPlanted(floor, breaks)).toContain(NOT_OF_THIS_PROJECT)
    expect(errorsOfPlanted(floor, keeps)).toEqual([])
  })

  test.each<[Floor, string]>([
    ['shared', 'window'],
    ['shared', 'process'],
    ['server', 'document'],
    ['client', 'process'],
  ])('gives %s no %s', (floor, name) => {
    expect(errorsOfPlanted(floor, `export const used = ${name}`).join()).toMatch(UNKNOWN_NAME)
  })

  test('lets the client have the window', () => {
    expect(errorsOfPlanted('client', 'export const used: Window = window')).toEqual([])
  })
})
