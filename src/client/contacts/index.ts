export { useContactsStore } from './contactsStore.ts'
export { useRequestsStore } from './requestsStore.ts'
