import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import { isPage } from './pages.ts'

/** Vite puts a content hash into the names of everything in here. */
const HASHED = /[\\/]assets[\\/]/

/** Serve the built client; every page address of the router gets `index.html`, the rest a typed 404. */
export async function serveClient(http: FastifyInstance, distDir: string): Promise<void> {
  const root = resolve(distDir)
  // Under the development server there is no build: the API stands alone.
  const hasClient = existsSync(root)
  if (hasClient) {
    await http.register(fastifyStatic, {
      root,
      cacheControl: false,
      // What the build keeps for itself (.vite/).
      dotfiles: 'ignore',
      setHeaders: (reply, path) => {
        const cache = HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
        reply.header('cache-control', cache)
      },
    })
  }
  http.setNotFoundHandler((request, reply) => {
    if (hasClient && isPage(request.raw)) return reply.sendFile('index.html')
    throw new AppError('request/not-found')
  })
}
