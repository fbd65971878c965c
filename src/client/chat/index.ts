export { useConversationsStore } from './conversations/conversationsStore.ts'
export { useOutboxStore } from './outbox/outboxStore.ts'
