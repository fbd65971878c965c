import { describe, expect, it } from 'vitest'
import { answer, ask, hear, isAsked, NO_WISH, withdraw } from '#client/calls/wish/videoWish.ts'

const WISHING = ask(NO_WISH, 7)

describe('a wish for pictures', () => {
  it('asks the other side until it is answered or taken back', () => {
    expect(isAsked(NO_WISH, NO_WISH)).toBe(false)
    expect(isAsked(NO_WISH, WISHING)).toBe(true)
    expect(isAsked(answer(NO_WISH, WISHING, false), WISHING)).toBe(false)
    expect(isAsked(NO_WISH, withdraw(WISHING))).toBe(false)
  })

  it.each([
    [true, 'agreed'],
    [false, 'declined'],
  ] as const)('answered with %s is %s, once', (yes, news) => {
    const theirs = answer(NO_WISH, WISHING, yes)
    const heard = hear(WISHING, theirs)
    expect(heard.news).toBe(news)
    expect(heard.mine.open).toBe(false)
    expect(hear(heard.mine, theirs).news).toBeNull()
  })

  it('is not granted by an answer to another one, nor where there is none', () => {
    const late = answer(NO_WISH, ask(NO_WISH, 3), true)
    expect(hear(WISHING, late)).toEqual({ mine: WISHING, news: null })
    expect(hear(NO_WISH, answer(NO_WISH, WISHING, true)).news).toBeNull()
    expect(hear(withdraw(WISHING), answer(NO_WISH, WISHING, true)).news).toBeNull()
  })

  it('that crosses the other one’s is granted on both sides', () => {
    const other = ask(NO_WISH, 8)
    const [one, two] = [hear(WISHING, other), hear(other, WISHING)]
    expect([one.news, two.news]).toEqual(['agreed', 'agreed'])
    expect([isAsked(one.mine, two.mine), isAsked(two.mine, one.mine)]).toEqual([false, false])
    // Whoever hears the answer instead of the wish, agrees as well.
    expect(hear(other, one.mine).news).toBe('agreed')
  })

  it('can be said again after a no, under a new number', () => {
    const answered = answer(NO_WISH, WISHING, false)
    expect(isAsked(answered, ask(WISHING, 9))).toBe(true)
  })
})
