export { useConversationsStore } from './conversationsStore.ts'
export { useOutboxStore } from './outboxStore.ts'
