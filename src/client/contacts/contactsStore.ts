import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ContactList, type ContactView } from '#shared/protocol/contacts.ts'
import { useLive } from '#client/accounts/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'

/** The contacts of who is signed in, kept fresh by the server's pushes. */
export const useContactsStore = defineStore('contacts', () => {
  const http = injectAdapter(HTTP)
  const contacts = shallowRef<readonly ContactView[]>([])
  const byId = computed(() => new Map(contacts.value.map((contact) => [contact.id, contact])))
  const byConversation = computed(
    () => new Map(contacts.value.map((contact) => [contact.conversationId, contact])),
  )

  const { refresh, isLoaded, failure } = useLive({
    fetch: () => http.get('/api/contacts', ContactList),
    apply: (list) => {
      contacts.value = list.contacts
    },
    reset: () => {
      contacts.value = []
    },
  })
  injectAdapter(SOCKET).onPush('contacts.changed', () => void refresh())

  return { contacts, byId, byConversation, refresh, isLoaded, failure }
})
