export { default as ContactCard } from './ContactCard.vue'
export { useContactsStore } from './contactsStore.ts'
export { useRequestsStore } from './requestsStore.ts'
