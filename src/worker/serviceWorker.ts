/**
 * Opens the app where there is no server [CH7]: it keeps the files of one build and answers for them, and
 * with the page for every address when the server can't be reached. With a server everything is fresh:
 * the page is always asked for first. Nothing of `/api` or `/ws` comes by here.
 */
export {}

declare const self: ServiceWorkerGlobalScope
/** Written by the build: the paths of its files, and what tells this build from another. */
declare const FILES: readonly string[]
declare const VERSION: string

const PREFIX = 'ahoy-'
const CACHE = `${PREFIX}${VERSION}`
const PAGE = '/index.html'
/** So long the server may take before the page that is kept is shown. */
const PATIENCE_MS = 4_000

const kept: ReadonlySet<string> = new Set(FILES)

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(FILES.map((path) => new Request(path, { cache: 'no-cache' })))
  await self.skipWaiting()
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(others.map((name) => caches.delete(name)))
  await self.clients.claim()
}

/** The page from the server; the one that is kept when there is none, or only an error. */
async function pageFor(request: Request): Promise<Response> {
  const page = await caches.match(PAGE, { cacheName: CACHE })
  if (page === undefined) return fetch(request)
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null))
  const fresh = fetch(request).then(
    (response) => (response.status < 500 ? response : null),
    () => null,
  )
  return (await Promise.race([fresh, late])) ?? page
}

async function fileFor(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request)
}

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles())
})
self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers())
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (/^\/(?:api|ws)(?:\/|$)/.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(pageFor(request))
  else if (kept.has(pathname) && pathname !== PAGE) event.respondWith(fileFor(request))
})
