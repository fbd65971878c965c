import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { wallsBroken } from './lint.ts'

interface Plant {
  wall: string
  /** Where it stands; the file need not exist. */
  file: string
  breaks: string
  keeps: string
  rule: string
}

/** A file of a room that is not for others: rules about paths see only what is on the disk. */
function insideOf(room: string): string {
  const inside = readdirSync(`src/${room}`, { recursive: true, encoding: 'utf8' }).find((name) =>
    /^(?!index\.).*\.ts$/.test(name),
  )
  return `#${room}/${inside ?? 'missing.ts'}`
}

const PATHS = 'import-x/no-restricted-paths'
const IMPORTS = '@typescript-eslint/no-restricted-imports'
const GLOBALS = 'no-restricted-globals'
const PROPERTIES = 'no-restricted-properties'

const betweenFloors: Plant[] = [
  {
    wall: 'shared imports the schema library and nothing else',
    file: 'src/shared/planted.ts',
    breaks: "import { ref } from 'vue'\nexport const one = ref(1)",
    keeps: "import * as v from 'valibot'\nexport const one = v.string()",
    rule: IMPORTS,
  },
  {
    wall: 'shared knows no Node',
    file: 'src/shared/planted.ts',
    breaks: "import { readFile } from 'node:fs'\nexport { readFile }",
    keeps: "import { AppError } from '#shared/errors.ts'\nexport { AppError }",
    rule: IMPORTS,
  },
  {
    wall: 'shared is below the client',
    file: 'src/shared/planted.ts',
    breaks: "export * from '../client/platform/keys.ts'",
    keeps: "export * from './ids.ts'",
    rule: PATHS,
  },
  {
    wall: 'the client never sees the server',
    file: 'src/client/contacts/planted.ts',
    breaks: "export type { Config } from '#server/config.ts'",
    keeps: "export type { UserId } from '#shared/ids.ts'",
    rule: PATHS,
  },
  {
    wall: "not even the client's main does",
    file: 'src/client/main.ts',
    breaks: "export type { Config } from '#server/config.ts'",
    keeps: "export type { SocketService } from '#client/platform/socket/SocketService.ts'",
    rule: PATHS,
  },
  {
    wall: 'the server never sees the client',
    file: 'src/server/contacts/planted.ts',
    breaks: "export * from '#client/platform/keys.ts'",
    keeps: "export * from '#shared/ids.ts'",
    rule: PATHS,
  },
  {
    wall: 'the product does not know its tests',
    file: 'src/server/planted.ts',
    breaks: "export * from '../../tests/walls/lint.ts'",
    keeps: "export * from './config.ts'",
    rule: PATHS,
  },
]

const ofTheClient: Plant[] = [
  {
    wall: 'a room takes from another room only its index',
    file: 'src/client/chat/planted.ts',
    breaks: `export * from '${insideOf('client/accounts')}'`,
    keeps: "export * from '#client/accounts/index.ts'",
    rule: PATHS,
  },
  {
    wall: 'a relative path is no way around',
    file: 'src/client/chat/planted.ts',
    breaks: `export * from '${insideOf('client/accounts').replace('#client', '..')}'`,
    keeps: "export * from '../accounts/index.ts'",
    rule: PATHS,
  },
  {
    wall: 'a room knows adapters only by their interfaces',
    file: 'src/client/chat/planted.ts',
    breaks: "export { createHttpClient } from '#client/platform/http/createHttpClient.ts'",
    keeps: "export type { HttpClient } from '#client/platform/http/HttpClient.ts'",
    rule: IMPORTS,
  },
  {
    wall: 'a room gets adapters by their keys',
    file: 'src/client/chat/planted.ts',
    breaks:
      "import { createHttpClient } from '../platform/http/createHttpClient.ts'\ncreateHttpClient()",
    keeps: "import { HTTP, injectAdapter } from '../platform/keys.ts'\ninjectAdapter(HTTP)",
    rule: IMPORTS,
  },
  {
    wall: 'the platform knows no room',
    file: 'src/client/platform/planted.ts',
    breaks: "export * from '#client/accounts/index.ts'",
    keeps: "export * from './keys.ts'",
    rule: PATHS,
  },
  {
    wall: 'the platform knows no store',
    file: 'src/client/platform/planted.ts',
    breaks: "export { defineStore } from 'pinia'",
    keeps: "export { AppError } from '#shared/errors.ts'",
    rule: IMPORTS,
  },
  {
    wall: 'the ui knows no room',
    file: 'src/client/ui/planted.ts',
    breaks: "export * from '../accounts/index.ts'",
    keeps: "export * from './avatarFace.ts'",
    rule: PATHS,
  },
  {
    wall: 'the ui knows no wire',
    file: 'src/client/ui/planted.ts',
    breaks: "export * from '#shared/ids.ts'",
    keeps: "export { computed } from 'vue'",
    rule: IMPORTS,
  },
  {
    wall: 'a machine knows no Vue',
    file: 'src/client/calls/machine/planted.ts',
    breaks: "export { ref } from 'vue'",
    keeps: "export * from './state.ts'",
    rule: IMPORTS,
  },
  {
    wall: 'a machine knows no platform, not even as a type',
    file: 'src/client/calls/machine/planted.ts',
    breaks: "export type { SocketService } from '../../platform/socket/SocketService.ts'",
    keeps: "export type { UserId } from '#shared/ids.ts'",
    rule: IMPORTS,
  },
]

const ofTheServer: Plant[] = [
  {
    wall: 'a room takes from another room only its index',
    file: 'src/server/chat/planted.ts',
    breaks: `export * from '${insideOf('server/contacts')}'`,
    keeps: "export * from '#server/contacts/index.ts'",
    rule: PATHS,
  },
  {
    wall: 'a room builds no adapter',
    file: 'src/server/chat/planted.ts',
    breaks: "export { openDatabase } from '#server/platform/database/database.ts'",
    keeps: "export type { Database } from '#server/platform/database/database.ts'",
    rule: IMPORTS,
  },
  {
    wall: 'SQL lives in repositories',
    file: 'src/server/chat/writing/chatService.ts',
    breaks: "import { sql } from 'kysely'\nexport const now = sql`select 1`",
    keeps: "import { AppError } from '#shared/errors.ts'\nexport const now = AppError",
    rule: IMPORTS,
  },
  ...['selectFrom', 'insertInto', 'updateTable', 'deleteFrom'].map((query) => ({
    wall: `a ${query} lives in a repository`,
    file: 'src/server/chat/writing/chatService.ts',
    breaks: `export const start = (db: { ${query}(table: string): object }) => db.${query}('users')`,
    keeps: 'export const start = (db: { count(table: string): object }) => db.count("users")',
    rule: PROPERTIES,
  })),
  {
    wall: 'the platform knows no room',
    file: 'src/server/platform/planted.ts',
    breaks: "export * from '../contacts/index.ts'",
    keeps: "export * from './clock.ts'",
    rule: PATHS,
  },
]

const BROWSER = [
  'new RTCPeerConnection()',
  "new WebSocket('ws://x')",
  "fetch('/x')",
  'navigator.onLine',
  "localStorage.getItem('x')",
  "indexedDB.open('x')",
  "new Notification('x')",
  "new Audio('x')",
]

const browserGlobals: Plant[] = BROWSER.map((use) => ({
  wall: `${use} stays in the platform`,
  file: 'src/client/calls/planted.ts',
  breaks: `export const used = () => ${use}`,
  keeps: 'export const used = (fetch: () => void) => { fetch() }',
  rule: GLOBALS,
}))

const PURE = [
  'Date.now()',
  'new Date()',
  'setTimeout(() => undefined, 1)',
  'crypto.randomUUID()',
  'performance.now()',
]
const PURE_FILES = ['src/client/calls/machine/planted.ts', 'src/server/calls/registry/planted.ts']

const pureGlobals: Plant[] = PURE_FILES.flatMap((file) =>
  PURE.map((use) => ({
    wall: `${use} has no place in ${file.replace('/planted.ts', '')}`,
    file,
    breaks: `export const used = () => ${use}`,
    keeps: 'export const used = (now: number) => now + 1',
    rule: GLOBALS,
  })),
)

const properties: Plant[] = [
  {
    wall: 'chance comes in with the event',
    file: 'src/client/calls/machine/planted.ts',
    breaks: 'export const used = () => Math.random()',
    keeps: 'export const used = () => Math.max(1, 2)',
    rule: PROPERTIES,
  },
  {
    wall: 'the window is no way around',
    file: 'src/client/calls/planted.ts',
    breaks: "export const used = () => window.fetch('/x')",
    keeps: "export const used = () => window.matchMedia('x')",
    rule: PROPERTIES,
  },
]

const style: Plant[] = [
  {
    wall: 'no markup from strings',
    file: 'src/client/ui/PlantedText.vue',
    breaks: '<template><p v-html="text" /></template>',
    keeps: '<template><p>{{ text }}</p></template>',
    rule: 'vue/no-v-html',
  },
  {
    wall: 'components are script setup',
    file: 'src/client/ui/PlantedText.vue',
    breaks: '<script lang="ts">\nexport default { data: () => ({}) }\n</script>',
    keeps: '<script setup lang="ts">\nconst text = 1\n</script>',
    rule: 'vue/component-api-style',
  },
  {
    wall: 'a focused test hides all others',
    file: 'tests/shared/planted.test.ts',
    breaks: "test.only('x', () => undefined)",
    keeps: "test('x', () => undefined)",
    rule: 'no-restricted-syntax',
  },
  {
    wall: 'a test goes one way',
    file: 'tests/shared/planted.test.ts',
    breaks: "test('x', () => { if (Math.PI > 3) throw new Error() })",
    keeps: "test('x', () => { throw new Error() })",
    rule: 'no-restricted-syntax',
  },
  {
    wall: 'a test sleeps nowhere',
    file: 'e2e/specs/planted.spec.ts',
    breaks: "test('x', async ({ page }) => { await page.waitForTimeout(1) })",
    keeps: "test('x', async ({ page }) => { await page.reload() })",
    rule: 'no-restricted-syntax',
  },
]

describe.each([
  ['between the floors', betweenFloors],
  ['of the client', ofTheClient],
  ['of the server', ofTheServer],
  ['around the browser', browserGlobals],
  ['around pure code', pureGlobals],
  ['around names of global objects', properties],
  ['of style', style],
])('walls %s', (_, plants) => {
  test.each(plants)('$wall', async ({ file, breaks, keeps, rule }) => {
    expect(await wallsBroken(file, breaks)).toContain(rule)
    expect(await wallsBroken(file, keeps)).toEqual([])
  })
})
