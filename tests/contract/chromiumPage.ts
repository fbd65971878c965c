import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright'
import { build } from 'vite'
import { findChromium } from '../../scripts/browser.mjs'

const ARGS = ['--disable-background-networking', '--disable-component-update', '--no-first-run']
const isRoot = process.getuid?.() === 0

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium found: set CHROME_PATH to one')
  return chromium.launch({ executablePath, args: isRoot ? [...ARGS, '--no-sandbox'] : ARGS })
}

/** A module and what it imports, as one script that leaves its exports in `globalThis[name]`. */
async function bundle(path: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: path, name, formats: ['iife'], fileName: name },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error(`${path} was not built`)
  return output.output[0].code
}

/** An empty page that holds the exports of a module of this folder. */
export async function openPageWith(browser: Browser, module: string, name: string): Promise<Page> {
  const content = await bundle(fileURLToPath(new URL(module, import.meta.url)), name)
  const page = await browser.newPage()
  await page.addScriptTag({ content: `${content}\nglobalThis.${name} = ${name}` })
  return page
}
