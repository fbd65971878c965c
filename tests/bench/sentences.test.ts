import { describe, expect, it } from 'vitest'
import type { Tick } from '../../bench/network/probe.ts'
import { sentencesOf, verdictOf } from '../../bench/network/sentences.ts'
import overlay from '../../src/client/i18n/messages/zh-CN/overlay.ts'

const { mine, path } = overlay.trouble
const tick = (at: number, ...words: string[]): Tick => ({
  at,
  samples: 0,
  concealed: 0,
  energy: 0,
  isRelayed: null,
  words,
})

describe('sentencesOf', () => {
  it('tells each sentence of the stretch, when it came and for how long', () => {
    const ticks = [tick(900, path), tick(1_100), tick(1_200, mine), tick(1_300, mine)]
    expect(sentencesOf(ticks, 1_000, 2_000)).toEqual([
      { said: 'mine', text: mine, afterMs: 200, shownMs: 200 },
    ])
  })

  it('leaves out what is no word about the network', () => {
    expect(sentencesOf([tick(1, '对方已静音')], 0, 9)).toEqual([])
  })
})

describe('verdictOf', () => {
  const said = (...words: string[]) => sentencesOf([tick(1, ...words)], 0, 9)
  it.each([
    ['right', 'names who it is', said(mine), ['mine']],
    ['wrong', 'names somebody else', said(path), ['mine']],
    ['wrong', 'names somebody else too', said(mine, path), ['mine']],
    ['silent', 'names nobody', said(), ['mine']],
    ['right', 'has nothing to say of a good call', said(), []],
    ['wrong', 'accuses somebody in a good call', said(mine), []],
  ] as const)('is %s when the screen %s', (verdict, _, sentences, right) => {
    expect(verdictOf(sentences, right)).toBe(verdict)
  })
})
