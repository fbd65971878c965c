import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { offlineShell } from './scripts/offlineShell.mjs'
import { slimEmoji } from './scripts/slimEmoji.mjs'
import { slowness } from './scripts/testing/slowness.mjs'

const absolute = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The packages that treat what is sent: networks and their models. */
const EFFECTS = /node_modules\/@(?:mediapipe|sapphi-red)\//

/**
 * vue-i18n imports all of Vue as one object and asks `'currentInstance' in Vue`, which keeps every
 * part of Vue in the bundle: 20 kB gzipped for one function.
 */
const leanVueI18n: Plugin = {
  name: 'lean-vue-i18n',
  apply: 'build',
  transform: {
    filter: { id: /vue-i18n\.runtime\.mjs$/ },
    handler(code) {
      const whole = "import * as Vue from 'vue';"
      if (!code.includes(whole)) this.error('vue-i18n imports Vue in another way now: look again')
      return code.replace(
        whole,
        "import { getCurrentInstance as instanceOfVue } from 'vue';" +
          'const Vue = { getCurrentInstance: instanceOfVue };',
      )
    },
  },
}

/** What keeps something, and reads it again. */
const ON_POSTGRES = [
  'tests/contract/storage/**/*.test.ts',
  'tests/integration/{blocking,callJournal,changes,contactRequests,contacts,conversations,demo,feed}.test.ts',
  'tests/integration/{groupManners,groups,kill,mentions,messagePasts,presence,readers,registration}.test.ts',
  'tests/integration/{search,sending,sessions,settings}.test.ts',
  'tests/integration/calls/{devices,inTheCall,records,reload}.test.ts',
]

export default defineConfig({
  plugins: [
    vue(),
    vueI18n({
      // JSON, or TypeScript that is one `export default { … }`. Compiled here, so that no message
      // compiler is shipped.
      include: absolute('./src/client/i18n/messages/**'),
      dropMessageCompiler: true,
      fullInstall: false,
    }),
    leanVueI18n,
    slimEmoji(),
    offlineShell(),
  ],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'baseline-widely-available',
    // `script-src 'self'`: nothing inlined, and no polyfill for what every target browser has.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Beside the others, so that the service worker leaves them alone: few need them, and they are large.
        assetFileNames: ({ originalFileNames }) =>
          originalFileNames.some((name) => EFFECTS.test(name))
            ? 'assets/processors/[name]-[hash][extname]'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: {
    allowOnly: false,
    // The default leaves a core free, which has nothing else to do in `npm test`.
    maxWorkers: '100%',
    // No test may fail by how slow the machine is: only a failure takes so long.
    testTimeout: 60_000 * slowness(),
    hookTimeout: 60_000 * slowness(),
    expect: { poll: { timeout: 30_000 * slowness() } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'tests/{shared,server,integration,contract,property,walls,scripts,bench}/**/*.test.ts',
          ],
          exclude: ['tests/contract/storage/postgres/**'],
        },
      },
      {
        extends: true,
        test: {
          // The same files as on SQLite, each server with a database of a PostgreSQL of this run.
          name: 'postgres',
          environment: 'node',
          globalSetup: 'tests/support/postgres/globalSetup.ts',
          setupFiles: 'tests/support/postgres/skipWithout.ts',
          include: ON_POSTGRES,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          // Cheaper to begin than processes; no native module is in play here.
          pool: 'threads',
          environment: 'happy-dom',
          include: ['tests/client/**/*.test.ts'],
        },
      },
    ],
  },
})
