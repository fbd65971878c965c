import { readFileSync } from 'node:fs'

export type Theme = 'light' | 'dark'

/** The colours of tokens.css in one theme, by the name of their custom property. */
export function tokensOf(theme: Theme): ReadonlyMap<string, string> {
  const css = readFileSync('src/client/ui/tokens.css', 'utf8')
  const both = /^\s*--([\w-]+):\s*(?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));$/gm
  return new Map(
    [...css.matchAll(both)].map(([, name = '', light = '', dark = '', same = '']) => [
      name,
      same === '' ? { light, dark }[theme] : same,
    ]),
  )
}

const channel = (hex: string): number => {
  const value = Number.parseInt(hex, 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

const luminance = (colour: string): number =>
  0.2126 * channel(colour.slice(1, 3)) +
  0.7152 * channel(colour.slice(3, 5)) +
  0.0722 * channel(colour.slice(5, 7))

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
