import { expect, it } from 'vitest'
import { SEARCH_MAX_CHARS } from '#shared/limits.ts'
import SearchPage from '#client/chat/search/SearchPage.vue'
import { mountClient } from '../../../support/client/mountClient.ts'
import { CONTACTS } from '../../../support/client/people.ts'

const answers = {
  'GET /api/contacts': { contacts: CONTACTS },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': { conversations: [] },
}
const isSearch = ({ what }: { what: string }): boolean => what.includes('/search')

it('says how long a search may be instead of asking the server', async () => {
  const { http, type, text } = await mountClient(SearchPage, { answers })
  await type('searchbox', '搜索', 'x'.repeat(SEARCH_MAX_CHARS + 1))
  expect(text()).toContain('最多可以搜索 100 个字。')
  expect(http.sent.filter(isSearch)).toEqual([])
})
