import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { AppError } from '#shared/errors.ts'
import { useOwedLogOut } from '#client/accounts/index.ts'
import { mountClient, type Client, type MountOptions } from '../../support/client/mountClient.ts'
import { ME } from '../../support/client/people.ts'

const OFFLINE = new AppError('connection/offline')
const LEFT = { status: 'signed-out', reason: 'left' }
const OWED = { stored: { 'ahoy.owed-log-out': ME.id } }
const CREDENTIALS = { mobile: '13006789001', password: '123456' }

const Page = defineComponent(() => {
  useOwedLogOut()
  return () => null
})
const open = (options: MountOptions = {}): Promise<Client> => mountClient(Page, options)
const whatWasSent = ({ http }: Client): string[] => http.sent.map(({ what }) => what)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('leaves at once, whether the server can be reached or not', async () => {
  const { http, session, socket, storage } = await open()
  http.answer('DELETE /api/session', OFFLINE)
  const telling = session.logOut()
  expect(session.session).toMatchObject(LEFT)
  expect(socket.isOpen).toBe(false)
  expect(storage.values.get('ahoy.account')).toBeNull()
  expect(await telling).toBe(false)
})

it('tells the server again until it has heard, and then no more', async () => {
  const client = await open()
  client.http.answer('DELETE /api/session', OFFLINE)
  await client.session.logOut()
  client.http.answer('DELETE /api/session', {})
  vi.advanceTimersByTime(10_000)
  await flushPromises()
  expect(client.session.owesLogOut).toBe(false)
  vi.advanceTimersByTime(60_000)
  expect(whatWasSent(client)).toEqual([
    'GET /api/session',
    'DELETE /api/session',
    'DELETE /api/session',
  ])
})

it('does not come back in by a reload before the server has heard', async () => {
  const client = await open({ ...OWED, answers: { 'DELETE /api/session': OFFLINE } })
  expect(client.session.session).toMatchObject(LEFT)
  expect(client.socket.isOpen).toBe(false)
  expect(whatWasSent(client)).toEqual(['DELETE /api/session'])
})

it('is heard before a log-in, whose cookie it would take away', async () => {
  const heard = Promise.withResolvers<object>()
  const client = await open({
    ...OWED,
    answers: { 'DELETE /api/session': () => heard.promise, 'POST /api/session': ME },
  })
  const loggingIn = client.session.logIn(CREDENTIALS)
  await client.settle()
  expect(whatWasSent(client)).toEqual(['DELETE /api/session'])
  heard.resolve({})
  await loggingIn
  expect(client.session.account).toEqual(ME)
  expect(whatWasSent(client)).toEqual(['DELETE /api/session', 'POST /api/session'])
})

it('is forgotten when a log-in has ended the session before it', async () => {
  const client = await open({
    ...OWED,
    answers: { 'DELETE /api/session': new AppError('request/server'), 'POST /api/session': ME },
  })
  await client.session.logIn(CREDENTIALS)
  expect(client.session.account).toEqual(ME)
  expect(client.session.owesLogOut).toBe(false)
  expect(client.storage.values.get('ahoy.owed-log-out')).toBeNull()
})

it('leaves with the tab in which somebody logs out', async () => {
  const { session, storage } = await open()
  storage.writeElsewhere('ahoy.owed-log-out', ME.id)
  expect(session.session).toMatchObject(LEFT)
})

it('is one account’s: a tab of another one stays', async () => {
  const { session, storage } = await open()
  storage.writeElsewhere('ahoy.owed-log-out', '00000000-0000-4000-8000-0000000000b0')
  expect(session.account).toEqual(ME)
})

it('is said for the account that has left, and over when the session is another one’s by now', async () => {
  const client = await open({
    ...OWED,
    answers: { 'DELETE /api/session': new AppError('auth/other-account') },
  })
  expect(client.http.sent).toEqual([{ what: 'DELETE /api/session', body: undefined, of: ME.id }])
  expect(client.session.owesLogOut).toBe(false)
})
