import { spawnSync } from 'node:child_process'

/** Fonts with Chinese: without them each character is a box of the same width. @type {import('./needs.mjs').Need} */
export const CHINESE_FONTS = {
  id: 'chinese-fonts',
  name: 'fonts with Chinese characters',
  packages: ['fonts-noto-cjk', 'fontconfig'],
  find() {
    const { stdout } = spawnSync('fc-list', [':lang=zh-cn', 'file'], { encoding: 'utf8' })
    return stdout?.split('\n').find((line) => line !== '')
  },
}
