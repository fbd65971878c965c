import { describe, expect, it } from 'vitest'
import { contrastOf, tokensOf } from '../../support/client/tokens.ts'

const AA_TEXT = 4.5
const AA_GRAPHICS = 3

const GROUNDS = ['page', 'surface', 'raised', 'pressed', 'column']
const TEXTS = ['text', 'text-secondary', 'link', 'danger-text', 'accent-text']
const AVATARS = [1, 2, 3, 4, 5, 6, 7, 8].map((hue) => `avatar-${String(hue)}`)

const TEXT_PAIRS = [
  ...GROUNDS.flatMap((ground) => TEXTS.map((text) => [text, ground] as const)),
  ...AVATARS.map((ground) => ['on-avatar', ground] as const),
  ['text', 'column-field'],
  ['text-secondary', 'column-field'],
  ['text', 'selected'],
  ['on-selected', 'selected'],
  ['on-accent', 'accent'],
  ['on-bubble-own', 'bubble-own'],
  ['on-danger', 'danger-strong'],
  ['on-toast', 'toast'],
  ['on-rail', 'rail'],
  ['on-rail-active', 'rail'],
  ['on-call', 'call-backdrop'],
] as const

const LINE_PAIRS = [
  ['field-line', 'page'],
  ['field-line', 'surface'],
  ['link', 'page'],
  ['chart-1', 'surface'],
  ['chart-2', 'surface'],
  ['chart-3', 'surface'],
  ['chart-1', 'chart-lost'],
  ['chart-2', 'chart-lost'],
  ['chart-3', 'chart-lost'],
] as const

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  const contrast = (one: string, other: string): number =>
    contrastOf(tokens.get(one) ?? '', tokens.get(other) ?? '')

  it.each(TEXT_PAIRS)('reads %s on %s (WCAG 1.4.3)', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(AA_TEXT)
  })

  it.each(LINE_PAIRS)('shows %s on %s (WCAG 1.4.11)', (line, ground) => {
    expect(contrast(line, ground)).toBeGreaterThanOrEqual(AA_GRAPHICS)
  })
})
