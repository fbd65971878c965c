import { readdirSync } from 'node:fs'

/**
 * The walls of the house: who may import whom, and where the browser's globals may be touched.
 * tests/walls plants a violation of each and sees it caught.
 */

const NOT_ROOMS = new Set(['platform', 'ui'])

const roomsOf = (floor) =>
  readdirSync(new URL(`src/${floor}`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_ROOMS.has(entry.name))
    .map((entry) => entry.name)

// Kept apart from what stands on the disk, so that a room which has no file yet has its walls.
const CLIENT_ROOMS = [
  ...new Set([...roomsOf('client'), 'accounts', 'contacts', 'chat', 'calls', 'settings']),
]
const SERVER_ROOMS = [...new Set([...roomsOf('server'), 'accounts', 'contacts', 'chat', 'calls'])]

const publicFiles = (rooms) => rooms.map((room) => `./${room}/index.ts`)

const clientZones = [
  ...CLIENT_ROOMS.map((room) => ({
    target: `./src/client/${room}`,
    from: './src/client',
    except: [`./${room}`, './platform', './ui', ...publicFiles(CLIENT_ROOMS)],
    message: 'A room takes from another room only what its index.ts offers.',
  })),
  {
    target: './src/client/platform',
    from: './src/client',
    except: ['./platform'],
    message: 'The platform knows the wire and the browser, nothing of the rooms.',
  },
  {
    target: './src/client/ui',
    from: './src',
    except: ['./client/ui'],
    message: 'The ui knows only itself.',
  },
]

const serverZones = [
  ...SERVER_ROOMS.map((room) => ({
    target: `./src/server/${room}`,
    from: './src/server',
    except: [`./${room}`, './platform', ...publicFiles(SERVER_ROOMS)],
    message: 'A room takes from another room only what its index.ts offers.',
  })),
  {
    target: './src/server/platform',
    from: './src/server',
    except: ['./platform'],
    message: 'The platform knows nothing of the rooms.',
  },
]

const floorZones = [
  {
    target: './src/shared',
    from: ['./src/client', './src/server'],
    message: 'Shared is below both floors.',
  },
  { target: './src/client', from: './src/server', message: 'The client never sees the server.' },
  { target: './src/server', from: './src/client', message: 'The server never sees the client.' },
  {
    target: './src',
    from: ['./tests', './e2e', './bench', './scripts'],
    message: 'The product does not know what tries it.',
  },
]

const paths = {
  files: ['src/**/*.{ts,vue}'],
  rules: {
    'import-x/no-restricted-paths': [
      'error',
      { zones: [...floorZones, ...clientZones, ...serverZones] },
    ],
  },
}

/** A rule per scope: in a flat config the last one that matches a file replaces the others. */
const importsOf = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
})

const PLATFORM_AS_TYPES = {
  regex: '^(?:#client|(?:\\.\\.?/)*\\.\\.)/platform/(?!keys\\.ts$)',
  allowTypeImports: true,
  message: 'A room knows the platform by its interfaces and injects adapters by key.',
}
// Pure functions of the platform may be used; what opens, connects or counts is handed over.
const NO_ADAPTER = {
  regex: '^(?:#server|(?:\\.\\.?/)*\\.\\.)/platform/',
  importNamePattern: '^(?:create|open|connect|start|load)',
  message: 'A room builds no adapter of the platform; main.ts or app.ts hands it over.',
}
const SQL = {
  regex: '^(?:kysely|node:sqlite|pg)$',
  message: 'SQL lives in repositories.',
}

const REPOSITORIES = ['**/*epository.ts', '**/repositories/**']

const imports = [
  importsOf(
    ['src/shared/**/*.ts'],
    [
      {
        regex: '^(?!valibot$|\\.\\.?/|#shared/)',
        message: 'Shared imports the schema library and nothing else.',
      },
    ],
  ),
  importsOf(
    CLIENT_ROOMS.map((room) => `src/client/${room}/**/*.{ts,vue}`),
    [PLATFORM_AS_TYPES],
  ),
  importsOf(
    ['src/client/**/machine/**/*.ts'],
    [
      {
        regex: '^(?!\\.\\.?/|#shared/)',
        message: 'A machine is pure: it knows the wire and its own room.',
      },
      {
        regex: '\\.vue$|/platform/',
        message: 'A machine is pure: it knows the wire and its own room.',
      },
    ],
  ),
  importsOf(
    ['src/client/platform/**/*.ts'],
    [
      {
        regex: '^(?:pinia|vue-router|reka-ui|@lucide/vue)$|\\.vue$',
        message: 'The platform knows no component and no store.',
      },
    ],
  ),
  importsOf(
    ['src/client/ui/**/*.{ts,vue}'],
    [
      {
        regex: '^(?:#shared/|#client/(?!ui/)|pinia$|vue-router$)',
        message: 'The ui knows only itself.',
      },
    ],
  ),
  importsOf(
    SERVER_ROOMS.map((room) => `src/server/${room}/**/*.ts`),
    [NO_ADAPTER, SQL],
    REPOSITORIES,
  ),
  importsOf(
    SERVER_ROOMS.flatMap((room) => [
      `src/server/${room}/**/*epository.ts`,
      `src/server/${room}/**/repositories/**`,
    ]),
    [NO_ADAPTER],
  ),
]

const BROWSER = [
  'RTCPeerConnection',
  'MediaStream',
  'WebSocket',
  'XMLHttpRequest',
  'EventSource',
  'BroadcastChannel',
  'fetch',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'Notification',
  'Audio',
  'AudioContext',
]
const CLOCK = [
  'Date',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'requestAnimationFrame',
]

/** Also as a property of the global object, which is the same thing with a longer name. */
const globalsOf = (names, message, properties = []) => ({
  'no-restricted-globals': ['error', ...names.map((name) => ({ name, message }))],
  'no-restricted-properties': [
    'error',
    ...names.flatMap((property) =>
      ['window', 'globalThis', 'self'].map((object) => ({ object, property, message })),
    ),
    ...properties.map((property) => ({ ...property, message })),
  ],
})

const queries = {
  files: SERVER_ROOMS.map((room) => `src/server/${room}/**/*.ts`),
  ignores: REPOSITORIES,
  rules: {
    'no-restricted-properties': [
      'error',
      ...['selectFrom', 'insertInto', 'updateTable', 'deleteFrom'].map((property) => ({
        property,
        message: 'Queries live in repositories.',
      })),
    ],
  },
}

const globals = [
  {
    files: ['src/client/**/*.{ts,vue}'],
    ignores: ['src/client/platform/**', 'src/client/main.ts'],
    rules: globalsOf(BROWSER, 'The browser is reached through an adapter of client/platform.'),
  },
  {
    files: ['src/client/**/machine/**/*.ts', 'src/server/calls/registry{,/**/*}.ts'],
    rules: globalsOf([...BROWSER, ...CLOCK], 'Pure: time and chance come in with the event.', [
      { object: 'Math', property: 'random' },
    ]),
  },
]

export default [paths, ...imports, queries, ...globals]
