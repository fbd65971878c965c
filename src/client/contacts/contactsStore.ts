import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ContactList, ContactView } from '#shared/protocol/contacts.ts'
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

  /** A contact as it now is. */
  function take(contact: ContactView): void {
    contacts.value = [...contacts.value.filter(({ id }) => id !== contact.id), contact]
  }

  const { refresh, isLoaded, failure } = useFeedPart({
    name: 'contacts',
    schema: ContactList,
    fetch: () => http.get('/api/contacts', ContactList),
    apply: (list) => {
      contacts.value = list.contacts
    },
    take: (entry) => {
      if (entry.kind === 'contact') take(entry.contact)
    },
    snapshot: () => ({ contacts: [...contacts.value] }),
    clear: () => {
      contacts.value = []
    },
  })

  /** @throws AppError `request/not-found`, `connection/offline` */
  async function setBlocked(id: string, isBlocked: boolean): Promise<void> {
    take(await http.post(`/api/contacts/${id}/block`, { isBlocked }, ContactView))
  }

  return { setBlocked, contacts, byId, byConversation, refresh, isLoaded, failure }
})
