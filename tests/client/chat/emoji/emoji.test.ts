import { describe, expect, it } from 'vitest'
import { emojiCalled, GROUPS, loadEmoji } from '#client/chat/emoji/emoji.ts'
import { Emoji } from '#shared/protocol/chat.ts'
import * as v from 'valibot'

describe.each(['zh-CN', 'en'])('the emoji in %s', (locale) => {
  it('are all in a group that has a button, and no parts of others', async () => {
    const all = await loadEmoji(locale)
    const groups = new Set(GROUPS.map(({ group }) => group as number))
    expect(all.length).toBeGreaterThan(1_800)
    expect(all.filter(({ group }) => !groups.has(group))).toEqual([])
  })

  it('can answer a message, each of them', async () => {
    const all = await loadEmoji(locale)
    expect(all.filter(({ emoji }) => !v.is(Emoji, emoji)).map(({ emoji }) => emoji)).toEqual([])
  })
})

it.each([
  ['zh-CN', '蛋糕', '🎂'],
  ['zh-CN', '赞', '👍'],
  ['en', 'BIRTHDAY', '🎂'],
  ['en', 'thumbs up', '👍'],
])('in %s %s finds %s', async (locale, query, expected) => {
  const found = emojiCalled(await loadEmoji(locale), query).map(({ emoji }) => emoji)
  expect(found).toContain(expected)
  expect(found.length).toBeLessThan(30)
})
