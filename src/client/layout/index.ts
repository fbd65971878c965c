export { default as PageFrame } from './PageFrame.vue'
export { default as ToastHost } from './ToastHost.vue'
export { useToastStore } from './toastStore.ts'
export { useAttempt } from './useAttempt.ts'
