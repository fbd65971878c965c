import type { TabName } from './tabs.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /**
     * `list`: the first page of a tab. `detail`: a page that a phone slides over it. `whole`: no
     * frame around it.
     */
    pane?: 'list' | 'detail' | 'whole'
    tab?: TabName
    /** Only for who is not signed in. */
    isEntry?: boolean
  }
}
