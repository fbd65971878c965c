/** Draws the icons of the installed app from `public/icon.svg`; run by hand when that changes. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from './browser.mjs'
import { ROOT } from './places.mjs'

const GREEN = '#07c160'

/**
 * A system that cuts the corners itself gets a picture without corners; one that cuts a circle (maskable)
 * gets a margin too.
 * @type {readonly { name: string, size: number, margin: number, isWhole: boolean }[]}
 */
const ICONS = [
  { name: 'icon-192', size: 192, margin: 0, isWhole: false },
  { name: 'icon-512', size: 512, margin: 0, isWhole: false },
  { name: 'icon-maskable-512', size: 512, margin: 0.08, isWhole: true },
  { name: 'apple-touch-icon', size: 180, margin: 0, isWhole: true },
]

const drawing = await readFile(join(ROOT, 'public/icon.svg'), 'utf8')
const executablePath = findChromium()
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
for (const { name, size, margin, isWhole } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const inset = Math.round(size * margin)
  await page.setContent(
    `<style>body { margin: 0; background: ${isWhole ? GREEN : 'transparent'} }
      svg { position: absolute; inset: ${inset}px; width: ${size - 2 * inset}px }</style>
      ${isWhole ? drawing.replace(' rx="14"', '') : drawing}`,
  )
  const path = join(ROOT, 'public', `${name}.png`)
  await page.screenshot({ path, omitBackground: !isWhole })
  await page.close()
}
await browser.close()
