import { expect, test } from 'vitest'
import { filesOfFirstLoad } from '../../scripts/size.mjs'

test('the first load is the entry with what it imports at once, and what the page asks for', () => {
  const manifest = {
    'index.html': {
      file: 'assets/index.js',
      isEntry: true,
      imports: ['_vue.js'],
      css: ['assets/index.css'],
    },
    '_vue.js': { file: 'assets/vue.js', imports: ['_shared.js'] },
    '_shared.js': { file: 'assets/shared.js', imports: ['_vue.js'] },
    '_later.js': { file: 'assets/later.js', css: ['assets/later.css'] },
    '_preloaded.js': { file: 'assets/preloaded.js', css: ['assets/preloaded.css'] },
  }
  const html = `<link rel="icon" href="/icon.svg"><link rel="modulepreload" href="/assets/preloaded.js">
    <script type="module" src="/assets/index.js"></script>`
  expect(filesOfFirstLoad(manifest, html)).toEqual([
    'assets/index.css',
    'assets/index.js',
    'assets/preloaded.css',
    'assets/preloaded.js',
    'assets/shared.js',
    'assets/vue.js',
  ])
})
