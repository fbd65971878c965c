import './routeMeta.ts'

export { default as ConnectionBanner } from './ConnectionBanner.vue'
export { default as RefusalNotice } from './RefusalNotice.vue'
export { default as SplashScreen } from './SplashScreen.vue'
export { default as UnreachablePage } from './UnreachablePage.vue'
