import { expect, it } from 'vitest'
import { piecesOf } from '#client/chat/bodies/links.ts'

const marked = (text: string): string =>
  piecesOf(text)
    .map(({ text: piece, href }) => (href === null ? piece : `[${piece}](${href})`))
    .join('')

it.each([
  ['nothing here', 'nothing here'],
  ['', ''],
  [
    'see https://ahoy.example/a?b=c.',
    'see [https://ahoy.example/a?b=c](https://ahoy.example/a?b=c).',
  ],
  ['看https://ahoy.example/路吧', '看[https://ahoy.example/](https://ahoy.example/)路吧'],
  ['（https://ahoy.example）好', '（[https://ahoy.example](https://ahoy.example)）好'],
  ['www.ahoy.com，去看', '[www.ahoy.com](http://www.ahoy.com)，去看'],
  [
    'https://ahoy.example/a\u202Egpj.exe',
    '[https://ahoy.example/a%E2%80%AEgpj.exe](https://ahoy.example/a\u202Egpj.exe)',
  ],
  [
    'https://ahoy.example/a\u200Bb',
    '[https://ahoy.example/a%E2%80%8Bb](https://ahoy.example/a\u200Bb)',
  ],
  ['ann@ahoy.com', '[ann@ahoy.com](mailto:ann@ahoy.com)'],
  [
    'a https://a.example\nb https://b.example',
    'a [https://a.example](https://a.example)\nb [https://b.example](https://b.example)',
  ],
])('finds the addresses in %j', (text, expected) => {
  expect(marked(text)).toBe(expected)
})

it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://files.example', '//ahoy.example'])(
  '[S30] makes no link of %s',
  (text) => {
    expect(piecesOf(text).every(({ href }) => href === null || /^https?:\/\//.test(href))).toBe(
      true,
    )
    expect(marked(text)).not.toMatch(/\((?:javascript|data|ftp):/)
  },
)

it.each([
  'README.md',
  'see setup.py, main.rs and run.sh.',
  'main.rs:42',
  'README.md#usage',
  'Makefile.am',
  'App.vue',
  'notes.zz',
  'a.b.constructor',
])('makes no link of a bare name that is none of the web: %s', (text) => {
  expect(marked(text)).toBe(text)
})

it.each([
  ['ahoy.com', 'http://ahoy.com'],
  ['ahoy.com.cn/a', 'http://ahoy.com.cn/a'],
  ['ahoy.dev/a?b#c', 'http://ahoy.dev/a?b#c'],
  ['docs.rs/valibot', 'http://docs.rs/valibot'],
  ['www.ahoy.md', 'http://www.ahoy.md'],
  ['https://ahoy.example/README.md', 'https://ahoy.example/README.md'],
])('makes a link of %s', (text, href) => {
  expect(marked(text)).toBe(`[${text}](${href})`)
})

it('loses nothing of the text', () => {
  const text = 'a https://a.example/（b）c@d.com，www.e.com。'
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})
