export { useFeedPart } from './useFeedPart.ts'
export { useFeedStore } from './feedStore.ts'
export { useLocalStore } from './localStore.ts'
