/** For tools that don't read `.vue` files themselves; vue-tsc finds the real types first. */
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
