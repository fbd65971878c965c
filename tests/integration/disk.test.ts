import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { uuidv7 } from 'uuidv7'
import { expect, it, onTestFinished, vi } from 'vitest'
import { SDP, talk } from '../support/calls/rawCall.ts'
import { conversationWith } from '../support/server/friends.ts'
import { logIn } from '../support/server/logIn.ts'
import { createPort } from '../support/server/port.ts'
import { startServer } from '../support/server/serverProcess.ts'
import { createTempDir, createTestApp } from '../support/server/testApp.ts'
import { databaseOf } from '../support/server/testDatabase.ts'
import { openRawSocket } from '../support/socket/rawSocket.ts'

/** What a process may write to a file, in bytes; with none the disk is full for it. */
const limitFiles = (pid: number, bytes: '0' | 'unlimited'): void => {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}

it.skipIf(process.platform !== 'linux')(
  '[F10] a full disk: nothing is acknowledged, everything is there to read, and said again it goes through',
  async () => {
    const dataDir = await createTempDir()
    const { env, rows } = databaseOf(dataDir)
    const server = await startServer({ ...env, LOG_LEVEL: 'silent' })
    const origin = await server.address()
    const { cookie, conversationId } = await logIn(origin)
    const tab = await openRawSocket({ origin, cookie })
    await tab.hello()
    const texts = ['one', 'two', 'three', 'four']
    const drafts = texts.map((text) => ({ id: uuidv7(), conversationId, text }))
    const send = (from: number) =>
      Promise.all(drafts.slice(from).map((draft) => tab.ask('chat.send', draft)))
    const health = async () =>
      ((await (await fetch(`${origin}/healthz`)).json()) as { status: string }).status
    await tab.ask('chat.send', drafts[0])

    limitFiles(server.pid, '0')
    const refused = await send(1)
    expect(refused.map(({ error }) => error?.code)).toEqual(
      texts.slice(1).map(() => 'request/server'),
    )
    const contacts = await fetch(`${origin}/api/contacts`, { headers: { cookie } })
    expect(contacts.status).toBe(200)
    expect(await health()).toBe('degraded')

    limitFiles(server.pid, 'unlimited')
    expect((await send(0)).map(({ ok }) => ok)).toEqual(texts.map(() => true))
    const kept = rows('SELECT id, seq FROM messages ORDER BY seq')
    expect(kept).toEqual(drafts.map(({ id }, at) => ({ id, seq: at + 1 })))
    await expect.poll(health).toBe('ok')
  },
)

it('[F11] a database that somebody else holds: no word before the commit, calls go on, it is said', async () => {
  const port = await createPort()
  const { callId, caller, callee } = await talk(port)
  const conversationId = await conversationWith(caller.browser, callee.id)
  const other = new DatabaseSync(join(port.server.dataDir, 'ahoy.sqlite'))
  onTestFinished(() => {
    other.close()
  })
  other.exec('BEGIN IMMEDIATE')
  const sending = caller.tab.ask('chat.send', { id: uuidv7(), conversationId, text: '你好' })
  const answered = vi.fn()
  void sending.then(answered)
  const signal = { callId, toLeg: callee.tab.legId, generation: 1, sdp: SDP }
  expect(await caller.tab.ask('call.offer', signal)).toMatchObject({ ok: true })
  await callee.tab.pushed('call.offer')
  expect((await port.server.browser().get('/healthz')).body).toEqual({ status: 'degraded' })
  expect(answered).not.toHaveBeenCalled()
  other.exec('ROLLBACK')
  expect(await sending).toMatchObject({ ok: true })
})

it('[CA13] what became of a call while the database was held is written by the next server', async () => {
  const port = await createPort()
  const { dataDir, clock } = port.server
  const { callId, caller } = await talk(port)
  await port.server.app.calls.flushed()
  const other = new DatabaseSync(join(dataDir, 'ahoy.sqlite'))
  other.exec('BEGIN IMMEDIATE')
  clock.advance(83_000)
  await caller.tab.ask('call.hangup', { callId })
  await port.server.app.close()
  other.exec('ROLLBACK')
  other.close()

  const next = await createTestApp({ dataDir, clock })
  const records = next.rows(`SELECT body FROM messages WHERE kind = 'call'`)
  expect(records.map(({ body }) => JSON.parse(String(body)) as unknown)).toMatchObject([
    { callId, outcome: 'completed', durationMs: 83_000 },
  ])
})
