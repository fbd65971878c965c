import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '#shared/errors.ts'
import { messages as english } from '#client/i18n/en.ts'
import { errorKey, pickLocale } from '#client/i18n/index.ts'
import { messages as chinese } from '#client/i18n/zhCN.ts'
import { placeholdersOf, textsOf } from '../../support/client/texts.ts'

const [zh, en] = [textsOf(chinese), textsOf(english)]

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted())
  })

  it('name the same values in both languages', () => {
    expect(placeholdersOf(en)).toEqual(placeholdersOf(zh))
  })

  it('are all put together', () => {
    const files = readdirSync('src/client/i18n/messages/zh-CN').map((file) => file.split('.')[0])
    expect(Object.keys(chinese).toSorted()).toEqual(files.toSorted())
  })

  it.each(ERROR_CODES)('say what %s means', (code) => {
    expect(zh.get(errorKey(code))).toBeTruthy()
    expect(en.get(errorKey(code))).toBeTruthy()
  })
})

describe('the language', () => {
  it.each([
    [['zh-TW', 'en'], 'zh-CN'],
    [['fr-FR', 'zh'], 'zh-CN'],
    [['en-GB', 'zh-CN'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ] as const)('of a browser that asks for %j is %s', (languages, locale) => {
    expect(pickLocale(languages)).toBe(locale)
  })
})
