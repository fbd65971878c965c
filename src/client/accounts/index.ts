export { useConnectionStore } from './connectionStore.ts'
export { useSessionStore } from './sessionStore.ts'
export { useSubmit } from './useSubmit.ts'
export { bareMobile, wrongFields } from './wrongFields.ts'
