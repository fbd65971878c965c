export { useFeedPart } from './useFeedPart.ts'
export { useFeedStore } from './feedStore.ts'
export { useLocalStore } from './localStore.ts'
export { useSharedRecords } from './useSharedRecords.ts'
