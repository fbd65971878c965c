import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ContactList, type ContactView } from '#shared/protocol/contacts.ts'
import { useFeedPart } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'

/** The contacts of who is signed in. */
export const useContactsStore = defineStore('contacts', () => {
  const http = injectAdapter(HTTP)
  const contacts = shallowRef<readonly ContactView[]>([])
  const byId = computed(() => new Map(contacts.value.map((contact) => [contact.id, contact])))
  const byConversation = computed(
    () => new Map(contacts.value.map((contact) => [contact.conversationId, contact])),
  )

  const { refresh, isLoaded, failure } = useFeedPart({
    name: 'contacts',
    schema: ContactList,
    fetch: () => http.get('/api/contacts', ContactList),
    apply: (list) => {
      contacts.value = list.contacts
    },
    take: (entry) => {
      if (entry.kind !== 'contact') return
      const others = contacts.value.filter(({ id }) => id !== entry.contact.id)
      contacts.value = [...others, entry.contact]
    },
    snapshot: () => ({ contacts: [...contacts.value] }),
    clear: () => {
      contacts.value = []
    },
  })

  return { contacts, byId, byConversation, refresh, isLoaded, failure }
})
