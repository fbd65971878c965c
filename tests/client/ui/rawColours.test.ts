import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('keeps raw colours in tokens.css alone', () => {
  const files = globSync('src/client/**/*.{vue,css}').filter((file) => !file.endsWith('tokens.css'))
  const guilty = files.filter((file) => {
    const style = /<style[^>]*>([\s\S]*)<\/style>|^([^<][\s\S]*)$/.exec(readFileSync(file, 'utf8'))
    return /#[\da-f]{3,8}\b|\brgba?\(|\bhsla?\(/i.test(style?.[1] ?? style?.[2] ?? '')
  })
  expect(guilty).toEqual([])
})
