import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ContactRequestList, ContactRequestView, FoundUser } from '#shared/protocol/contacts.ts'
import { useFeedPart } from '#client/feed/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { stateOf } from './requestsView.ts'

const ANSWERS = { accept: 'accepted', ignore: 'ignored' } as const

/** Requests to become contacts, in both directions, newest first. */
export const useRequestsStore = defineStore('contact requests', () => {
  const http = injectAdapter(HTTP)
  const socket = injectAdapter(SOCKET)
  const requests = shallowRef<readonly ContactRequestView[]>([])
  const answerable = computed(
    () => requests.value.filter((one) => stateOf(one, socket.serverNow()) === 'answerable').length,
  )

  /** A request as it now is, at the top when it is new. */
  function take(request: ContactRequestView): void {
    const known = requests.value
    requests.value = known.some(({ id }) => id === request.id)
      ? known.map((one) => (one.id === request.id ? request : one))
      : [request, ...known]
  }

  const { refresh, isLoaded, failure, markUser } = useFeedPart({
    name: 'requests',
    schema: ContactRequestList,
    fetch: () => http.get('/api/contact-requests', ContactRequestList),
    apply: (list) => {
      requests.value = list.requests
    },
    take: (entry) => {
      if (entry.kind === 'request') take(entry.request)
    },
    snapshot: () => ({ requests: [...requests.value] }),
    clear: () => {
      requests.value = []
    },
  })

  /** @throws AppError `request/not-found` when nobody has this number */
  const find = (mobile: string): Promise<FoundUser> =>
    http.get(`/api/users?mobile=${encodeURIComponent(mobile)}`, FoundUser)

  async function ask(userId: string, greeting: string): Promise<void> {
    take(await http.post('/api/contact-requests', { userId, greeting }, ContactRequestView))
  }

  /** Shown at once; taken back when the server doesn't follow. */
  async function answer(requestId: string, word: keyof typeof ANSWERS): Promise<void> {
    const known = requests.value.find(({ id }) => id === requestId)
    if (known === undefined) return
    const isHere = markUser()
    take({ ...known, status: ANSWERS[word] })
    try {
      take(await http.post(`/api/contact-requests/${requestId}/${word}`, {}, ContactRequestView))
    } catch (error) {
      if (isHere()) take(known)
      throw error
    }
  }

  return { requests, answerable, isLoaded, failure, refresh, find, ask, answer }
})
