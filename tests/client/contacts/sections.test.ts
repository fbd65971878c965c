import { describe, expect, it } from 'vitest'
import { sectionsOf } from '#client/contacts/sections.ts'
import { contact } from '../../support/client/people.ts'

const outline = (...contacts: Parameters<typeof sectionsOf>[0]): string[] =>
  sectionsOf(contacts).map(
    ({ initial, contacts: members }) => initial + members.map(({ nickname }) => nickname).join(','),
  )

describe('the sections', () => {
  it('stand in the order of the alphabet, what is no letter last', () => {
    expect(
      outline(
        contact(1, '007', '007'),
        contact(2, '沐阳', 'mu yang'),
        contact(3, '安然', 'an ran'),
        contact(4, '🐼', ''),
        contact(5, 'bob', 'bob'),
      ),
    ).toEqual(['A安然', 'Bbob', 'M沐阳', '#🐼,007'])
  })

  it('are ordered within by pinyin, then by name', () => {
    expect(
      outline(
        contact(1, '陈晨', 'chen chen'),
        contact(2, '沉晨', 'chen chen'),
        contact(3, '蔡明', 'cai ming'),
      ),
    ).toEqual(['C蔡明,沉晨,陈晨'])
  })

  it('are none without contacts', () => {
    expect(outline()).toEqual([])
  })
})
