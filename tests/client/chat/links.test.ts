import { expect, it } from 'vitest'
import { piecesOf } from '#client/chat/links.ts'

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

it('loses nothing of the text', () => {
  const text = 'a https://a.example/（b）c@d.com，www.e.com。'
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})
