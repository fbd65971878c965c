import * as v from 'valibot'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import {
  ContactRequestList,
  FoundUser,
  type ContactRequestView,
} from '#shared/protocol/contacts.ts'
import { useLive } from '#client/accounts/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useContactsStore } from './contactsStore.ts'
import { stateOf } from './requestsView.ts'

const ANSWERS = { accept: 'accepted', ignore: 'ignored' } as const

/** Requests to become contacts, in both directions, newest first. */
export const useRequestsStore = defineStore('contact requests', () => {
  const http = injectAdapter(HTTP)
  const socket = injectAdapter(SOCKET)
  const contacts = useContactsStore()
  const requests = shallowRef<readonly ContactRequestView[]>([])
  const answerable = computed(
    () => requests.value.filter((one) => stateOf(one, socket.serverNow()) === 'answerable').length,
  )

  const { refresh, isLoaded, failure } = useLive({
    fetch: () => http.get('/api/contact-requests', ContactRequestList),
    apply: (list) => {
      requests.value = list.requests
    },
    reset: () => {
      requests.value = []
    },
  })

  /** @throws AppError `request/not-found` when nobody has this number */
  const find = (mobile: string): Promise<FoundUser> =>
    http.get(`/api/users?mobile=${encodeURIComponent(mobile)}`, FoundUser)

  async function ask(userId: string, greeting: string): Promise<void> {
    await http.post('/api/contact-requests', { userId, greeting }, v.unknown())
    await Promise.all([refresh(), contacts.refresh()])
  }

  /** Shown at once; taken back when the server doesn't follow. */
  async function answer(requestId: string, word: keyof typeof ANSWERS): Promise<void> {
    requests.value = requests.value.map((one) =>
      one.id === requestId ? { ...one, status: ANSWERS[word] } : one,
    )
    try {
      await http.post(`/api/contact-requests/${requestId}/${word}`, {}, v.unknown())
    } finally {
      await Promise.all([refresh(), contacts.refresh()])
    }
  }

  socket.onPush('contacts.changed', () => void refresh())
  socket.onPush('contacts.requested', ({ request }) => {
    requests.value = [request, ...requests.value.filter(({ id }) => id !== request.id)]
  })

  return { requests, answerable, isLoaded, failure, refresh, find, ask, answer }
})
