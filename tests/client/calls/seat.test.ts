import { describe, expect, it } from 'vitest'
import { createSeat } from '#client/calls/seat.ts'

describe('[CA12] the secrets of a seat', () => {
  it('are one a call, the same when asked again', () => {
    const seat = createSeat()
    const secret = seat.take('a')
    expect(seat.take('a')).toBe(secret)
    expect(seat.secrets('b')).toEqual([])
    expect(seat.take('b')).not.toBe(secret)
  })

  it('show the one before until the next is known to count', () => {
    const seat = createSeat()
    const first = seat.take('a')
    const { secrets, next } = seat.renew('a')
    expect(secrets).toEqual([first])
    expect(seat.secrets('a')).toEqual([first, next])
    seat.confirm('a', next)
    expect(seat.secrets('a')).toEqual([next])
  })

  it('say the same next one again when nobody knows whether it arrived', () => {
    const seat = createSeat()
    const first = seat.take('a')
    const { next } = seat.renew('a')
    expect(seat.renew('a')).toEqual({ secrets: [first, next], next })
  })

  it('are kept before they go out', () => {
    const seat = createSeat()
    const kept: (readonly string[])[] = []
    seat.onChange(() => kept.push(seat.secrets('a')))
    const first = seat.take('a')
    const { next } = seat.renew('a')
    expect(kept).toEqual([[first], [first, next]])
  })

  it('go on in the page after a reload', () => {
    const seat = createSeat()
    seat.restore('a', ['one', 'two'])
    expect(seat.renew('a')).toEqual({ secrets: ['one', 'two'], next: 'two' })
  })

  it('[CA8] go along when the invite was merged into another call', () => {
    const seat = createSeat()
    const first = seat.take('a')
    seat.move('a', 'b')
    expect([seat.secrets('a'), seat.secrets('b')]).toEqual([[], [first]])
    seat.move('a', 'c')
    expect(seat.secrets('b')).toEqual([first])
  })

  it('take nothing over from another call', () => {
    const seat = createSeat()
    seat.take('a')
    seat.confirm('b', 'none of mine')
    expect(seat.secrets('b')).toEqual([])
  })
})
