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

/** Vite names these by what is in them: any build's copy is the right one. */
const NAMED_BY_CONTENT = /\/assets\/[^"'\s]+/g

const kept: ReadonlySet<string> = new Set(FILES)

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE)
  try {
    await cache.addAll(FILES.map((path) => new Request(path, { cache: 'no-cache' })))
    await expectOneBuild(cache)
  } catch (error) {
    await caches.delete(CACHE)
    throw error
  }
  await self.skipWaiting()
}

/**
 * A server that is being replaced may have given the worker of one build and the page of another, which
 * would ask for files that nobody has. Better the build that was kept before, until the next try.
 */
async function expectOneBuild(cache: Cache): Promise<void> {
  const page = (await (await cache.match(PAGE))?.text()) ?? ''
  const strangers = (page.match(NAMED_BY_CONTENT) ?? []).filter((path) => !kept.has(path))
  if (strangers.length > 0) throw new Error(`files of another build: ${strangers.join(' ')}`)
}

/** The build before this one stays: pages that are open may not have fetched all of its code. */
async function forgetOld(): Promise<void> {
  const oldestFirst = (await caches.keys()).filter((name) => name.startsWith(PREFIX))
  const old = oldestFirst.filter((name) => name !== CACHE).slice(0, -1)
  await Promise.all(old.map((name) => caches.delete(name)))
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

/** From this build, else from the one before, else from the server. */
async function fileFor(request: Request): Promise<Response> {
  const mine = await caches.match(request, { cacheName: CACHE })
  return mine ?? (await caches.match(request)) ?? fetch(request)
}

const mayBeKept = (pathname: string): boolean =>
  pathname !== PAGE && (kept.has(pathname) || pathname.startsWith('/assets/'))

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles())
})
self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOld())
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (/^\/(?:api|ws)(?:\/|$)/.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(pageFor(request))
  else if (mayBeKept(pathname)) event.respondWith(fileFor(request))
})
