import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Clock } from './clock.ts'
import type { Database } from './database/database.ts'

/** `degraded`: what is there can be read, but nothing can be written (a full disk, a held database). */
export type Health = 'ok' | 'degraded'

/** Whoever asks more often gets the answer of before. */
const FRESH_MS = 1_000
/** What takes longer than this to be written can as well not be written. */
const PATIENCE_MS = 1_000

interface HealthOptions {
  http: FastifyInstance
  db: Database
  clock: Clock
}

/** Put `GET /healthz` on: 200 with `{ status }` as long as the process answers. */
export function addHealth({ http, db, clock }: HealthOptions): void {
  let last: { readonly at: number; readonly health: Promise<Health> } | null = null

  function look(): Promise<Health> {
    const at = clock.elapsed()
    if (last === null || at - last.at >= FRESH_MS) last = { at, health: measure(db, clock.now()) }
    return last.health
  }

  http.get('/healthz', async () => ({ status: await look() }))
}

function measure(db: Database, at: number): Promise<Health> {
  const written = db.updateTable('heartbeat').set({ at }).execute()
  return Promise.race([
    written.then(
      () => 'ok' as const,
      () => 'degraded' as const,
    ),
    pause(PATIENCE_MS, 'degraded' as const, { ref: false }),
  ])
}
