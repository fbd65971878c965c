export { useConnectionStore } from './connectionStore.ts'
export { PREPARE_SIGNED_IN, useSessionStore } from './sessionStore.ts'
export { useSubmit } from './useSubmit.ts'
export { bareMobile, wrongFields } from './wrongFields.ts'
