export { useConversationsStore } from './conversationsStore.ts'
