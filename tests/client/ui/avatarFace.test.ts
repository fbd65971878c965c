import { describe, expect, it } from 'vitest'
import { hueOf, letterOf } from '#client/ui/avatarFace.ts'
import { uuid } from '../../support/client/people.ts'

describe('the letter of an avatar', () => {
  it.each([
    ['安然', '然'],
    ['Alice', 'E'],
    ['  白露 ', '露'],
    ['猫👩‍👩‍👧', '👩‍👩‍👧'],
    ['', '?'],
  ])('of "%s" is %s', (nickname, letter) => {
    expect(letterOf(nickname)).toBe(letter)
  })
})

describe('the colour of an avatar', () => {
  const hues = Array.from({ length: 400 }, (_, number) => hueOf(uuid(number)))

  it('is one of eight', () => {
    expect(new Set(hues)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]))
  })

  it('stays the same', () => {
    expect(hueOf(uuid(7))).toBe(hueOf(uuid(7)))
  })
})
