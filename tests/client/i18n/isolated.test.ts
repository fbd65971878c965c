import { expect, it } from 'vitest'
import { isolated } from '#client/i18n/index.ts'
import { speak } from '../../support/client/speak.ts'

it.each([
  ['白露', '白露'],
  ['Zoë 1', 'Zoë 1'],
  ['אבי', '\u2068אבי\u2069'],
  ['سلمى', '\u2068سلمى\u2069'],
  ['photo\u202Egnp.exe', '\u2068photognp.exe\u2069'],
  ['a\u2067b', '\u2068ab\u2069'],
  ['a\u2069\u2068b', '\u2068ab\u2069'],
  ['\u2068אבי\u2069 left', '\u2068\u2068אבי\u2069 left\u2069'],
  ['a\u200Fb', '\u2068a\u200Fb\u2069'],
])('%j stands as %j in a line', (part, whole) => {
  expect(isolated(part)).toBe(whole)
})

it('a name that turns the line turns nothing of the text around it', async () => {
  const t = await speak('en')
  expect(t('chat.recalled.byPeer', { nickname: 'אבי' })).toBe('\u2068אבי\u2069 recalled a message')
  const text = t('chat.replying', { nickname: '\u202Exe', text: 'hi' })
  expect(text).not.toContain('\u202E')
})
