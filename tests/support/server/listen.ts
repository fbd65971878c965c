import type { TestApp } from './testApp.ts'

/** Let a server listen, on a port of its own when none is said. @returns its origin */
export async function listen({ app }: TestApp, port = 0): Promise<string> {
  await app.http.listen({ host: '127.0.0.1', port })
  const address = app.http.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}
