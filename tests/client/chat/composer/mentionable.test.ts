import { describe, expect, it } from 'vitest'
import type { GroupView } from '#shared/protocol/groups.ts'
import {
  askedIn,
  mentionablesIn,
  choicesOf,
  mentionsIn,
} from '#client/chat/composer/mentionable.ts'
import { piecesOf } from '#client/chat/bodies/links.ts'

const person = (id: string, nickname: string, alias = '') => ({
  id,
  nickname,
  alias,
  role: 'member' as const,
})

const GROUP: GroupView = {
  name: '',
  announcement: null,
  members: [
    { ...person('a', '安然'), role: 'owner' },
    person('b', '白露'),
    person('c', '白露露'),
    person('d', 'Dan'),
    person('e', 'Daniel', '队长'),
    { ...person('g', 'Gone'), role: 'gone' },
  ],
}
const OWNER = mentionablesIn(GROUP, 'a', '所有人')

describe('whom one can mention', () => {
  it('is who is in the group, by the name that they have in it; everybody is for its owner', () => {
    expect(OWNER.map(({ name }) => name)).toEqual(['所有人', '白露', '白露露', 'Dan', '队长'])
    const names = mentionablesIn(GROUP, 'b', '所有人').map(({ name }) => name)
    expect(names).toEqual(['安然', '白露露', 'Dan', '队长'])
  })
})

describe('whom a text mentions', () => {
  it.each([
    ['@白露 你好', ['b']],
    ['@白露你好', ['b']],
    ['@白露露 你好', ['c']],
    ['你好 @队长，@Dan!', ['e', 'd']],
    ['@Daniel', []],
    ['@Gone', []],
    ['@所有人 开会', ['all']],
    ['@白露 @白露', ['b']],
    ['白露', []],
  ])('%s', (text, expected) => {
    expect(mentionsIn(text, OWNER)).toEqual(expected)
  })

  it('mentions both of one name', () => {
    const twins = [
      { id: 'x', name: '小明' },
      { id: 'y', name: '小明' },
    ]
    expect(mentionsIn('@小明', twins)).toEqual(['x', 'y'])
  })
})

describe('the name that is being written', () => {
  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['你好@白', 4, { start: 2, query: '白' }],
    ['你好 @白露 ', 7, null],
    ['@a@b', 4, null],
    ['write to me@example', 19, null],
    ['@白露', 2, { start: 0, query: '白' }],
    ['no', 2, null],
  ])('of %j at %i', (text, caret, expected) => {
    expect(askedIn(text, caret)).toEqual(expected)
  })

  it('shows names that match, those that begin with it first', () => {
    expect(choicesOf(OWNER, '露').map(({ name }) => name)).toEqual(['白露', '白露露'])
    expect(choicesOf(OWNER, 'dan').map(({ id }) => id)).toEqual(['d'])
    expect(choicesOf(OWNER, '').map(({ id }) => id)).toEqual(['all', 'b', 'c', 'd', 'e'])
  })

  it('shows nobody where nothing of it can be compared', () => {
    expect(choicesOf(OWNER, '\u200B')).toEqual([])
  })
})

it('a text shows whom it mentions', () => {
  const pieces = piecesOf('@白露 看 https://example.com @白露露', ['@白露', '@白露露'])
  expect(pieces.map(({ text, isMark }) => [text, isMark])).toEqual([
    ['@白露', true],
    [' 看 ', false],
    ['https://example.com', false],
    [' ', false],
    ['@白露露', true],
  ])
})

it('offers names by their spelling, after names that match', () => {
  const spelled = (id: string, query: string): boolean => id === 'b' && 'bailu'.startsWith(query)
  const names = (query: string) => choicesOf(OWNER, query, spelled).map(({ name }) => name)
  expect(names('bai')).toEqual(['白露'])
  expect(names('d')).toEqual(['Dan'])
  expect(names('白')).toEqual(['白露', '白露露'])
})
