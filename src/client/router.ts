import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'
import { watch } from 'vue'
import { useSessionStore } from './accounts/index.ts'
import type { TabName } from './shell/tabs.ts'

const placeholder = () => import('./shell/DetailPlaceholder.vue')
const lists = {
  chats: () => import('./chat/list/ConversationListPane.vue'),
  contacts: () => import('./contacts/ContactListPane.vue'),
  discover: () => import('./shell/DiscoverPane.vue'),
  me: () => import('./me/MePage.vue'),
} satisfies Record<TabName, unknown>

type Page = () => Promise<unknown>

const list = (path: string, tab: TabName): RouteRecordRaw => ({
  path,
  components: { default: placeholder, list: lists[tab] },
  meta: { pane: 'list', tab },
})

const detail = (path: string, tab: TabName, page: Page): RouteRecordRaw => ({
  path,
  components: { default: page, list: lists[tab] },
  props: { default: true },
  meta: { pane: 'detail', tab },
})

const entry = (path: string, component: Page): RouteRecordRaw => ({
  path,
  component,
  meta: { pane: 'whole', isEntry: true },
})

const routes: RouteRecordRaw[] = [
  list('/', 'chats'),
  detail('/chats/new', 'chats', () => import('./chat/groups/NewGroupPage.vue')),
  detail('/chats/search', 'chats', () => import('./chat/search/SearchPage.vue')),
  detail('/chats/forward', 'chats', () => import('./chat/pages/ForwardPage.vue')),
  detail('/chats/:id/readers/:messageId', 'chats', () => import('./chat/groups/ReadersPage.vue')),
  detail('/chats/:id/add', 'chats', () => import('./chat/groups/AddPeoplePage.vue')),
  detail('/chats/:id/announcement', 'chats', () => import('./chat/groups/AnnouncementPage.vue')),
  detail('/chats/:id/members/:userId', 'chats', () => import('./chat/groups/MemberPage.vue')),
  detail('/chats/:id/search', 'chats', () => import('./chat/search/ConversationSearchPage.vue')),
  detail(
    String.raw`/chats/:id/around/:seq(\d{1,15})`,
    'chats',
    () => import('./chat/search/AroundPage.vue'),
  ),
  detail('/chats/:id', 'chats', () => import('./chat/pages/ConversationPage.vue')),
  detail('/chats/:id/info', 'chats', () => import('./chat/pages/ConversationInfoPage.vue')),
  list('/contacts', 'contacts'),
  detail('/contacts/new', 'contacts', () => import('./contacts/RequestsPage.vue')),
  detail('/contacts/find', 'contacts', () => import('./contacts/FindPage.vue')),
  detail('/contacts/:id', 'contacts', () => import('./contacts/ContactPage.vue')),
  list('/discover', 'discover'),
  list('/me', 'me'),
  detail('/settings/calls', 'me', () => import('./calls/report/CallReportsPage.vue')),
  detail('/settings/calls/:id', 'me', () => import('./calls/report/CallReportPage.vue')),
  detail('/settings', 'me', () => import('./me/SettingsPage.vue')),
  detail('/settings/sessions', 'me', () => import('./accounts/SessionsPage.vue')),
  detail('/settings/blocked', 'me', () => import('./contacts/BlockedPage.vue')),
  entry('/login', () => import('./accounts/LoginPage.vue')),
  entry('/register', () => import('./accounts/RegisterPage.vue')),
  {
    path: '/:rest(.*)*',
    component: () => import('./shell/NotFoundPage.vue'),
    meta: { pane: 'whole' },
  },
]

/** Every screen's address; who is not signed in sees only the entry, and comes back afterwards. */
export function createAppRouter(): Router {
  const router = createRouter({ history: createWebHistory(), routes })

  router.beforeEach(async (to) => {
    const session = useSessionStore()
    await session.load()
    const { status } = session.session
    if (status === 'signed-out' && to.meta.isEntry !== true) return loginFor(to.fullPath)
    return status === 'signed-in' && to.meta.isEntry === true ? '/' : true
  })
  return router
}

/** Fetch the code of all pages, so that each opens at once, and also when the server is gone by then. */
export async function fetchPages(router: Router): Promise<void> {
  const parts = router.getRoutes().flatMap(({ components }) => Object.values(components ?? {}))
  const pages = parts.filter((part): part is Page => typeof part === 'function')
  await Promise.allSettled(pages.map((fetchPage) => fetchPage()))
}

const loginFor = (path: string) =>
  path === '/' ? { path: '/login' } : { path: '/login', query: { to: path } }

/** A session that ends takes the user to the entry, wherever they are. */
export function leaveWithSession(router: Router): void {
  const session = useSessionStore()
  watch(
    () => session.session,
    (now, before) => {
      // The first page is the guard's business, which knows where it was to go.
      if (before.status === 'unknown') return
      const { fullPath, meta } = router.currentRoute.value
      if (now.status !== 'signed-out' || meta.isEntry === true) return
      // What was open is for whoever was here, and so is the way back to it.
      const comesBack = before.status !== 'signed-in' || now.reason === 'expired'
      void router.replace(comesBack ? loginFor(fullPath) : '/login')
    },
  )
}
