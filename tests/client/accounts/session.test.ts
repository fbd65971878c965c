import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import LoginPage from '#client/accounts/LoginPage.vue'
import { mountClient } from '../../support/client/mountClient.ts'
import { ME } from '../../support/client/people.ts'

it('asks the server once who we are', async () => {
  const { http, session, socket } = await mountClient(LoginPage)
  await session.load()
  expect(session.session).toEqual({ status: 'signed-in', account: ME })
  expect(socket.isOpen).toBe(true)
  expect(http.sent).toHaveLength(1)
})

it('knows a server that can not be reached from one that does not know us', async () => {
  const { http, session } = await mountClient(LoginPage, {
    answers: { 'GET /api/session': new AppError('connection/offline') },
  })
  expect(session.session.status).toBe('unreachable')
  http.answer('GET /api/session', new AppError('auth/signed-out'))
  await session.load()
  expect(session.session).toEqual({ status: 'signed-out', isExpired: false })
})

it('closes the socket at log-out, so that no refusal of it comes in between', async () => {
  const { http, session, socket } = await mountClient(LoginPage)
  let wasOpen = true
  http.answer('DELETE /api/session', () => {
    wasOpen = socket.isOpen
    return {}
  })
  await session.logOut()
  expect(wasOpen).toBe(false)
  expect(session.session).toEqual({ status: 'signed-out', isExpired: false })
})

it('says why the user is back at the log-in', async () => {
  const { session, socket, text, settle } = await mountClient(LoginPage)
  socket.refuse('signed-out')
  await settle()
  expect(session.session).toEqual({ status: 'signed-out', isExpired: true })
  expect(socket.isOpen).toBe(false)
  expect(text()).toContain('登录已失效')
})

const gone = () => Promise.reject(new AppError('connection/offline'))
const KNOWN = { stored: { 'ahoy.account': ME } }

it('opens the socket only when what the signed-in need is here', async () => {
  const coming = Promise.withResolvers<undefined>()
  const { session, socket, settle } = await mountClient(LoginPage, {
    answers: { 'GET /api/session': new AppError('auth/signed-out'), 'POST /api/session': ME },
    prepare: () => coming.promise,
  })
  const loggingIn = session.logIn({ mobile: '13006789001', password: '123456' })
  await settle()
  expect(socket.isOpen).toBe(false)
  expect(session.account).toBeNull()
  coming.resolve(undefined)
  await loggingIn
  expect(socket.isOpen).toBe(true)
  expect(session.account).toEqual(ME)
})

it('brings a stranger nothing but the first page', async () => {
  let times = 0
  await mountClient(LoginPage, {
    answers: { 'GET /api/session': new AppError('auth/signed-out') },
    prepare: () => Promise.resolve(void (times += 1)),
  })
  expect(times).toBe(0)
})

it('can be tried again when what the signed-in need did not come', async () => {
  let bring = gone
  const { session, socket } = await mountClient(LoginPage, { ...KNOWN, prepare: () => bring() })
  expect(session.session.status).toBe('unreachable')
  expect(socket.isOpen).toBe(false)
  bring = () => Promise.resolve() as ReturnType<typeof gone>
  await session.load()
  expect(session.account).toEqual(ME)
  expect(socket.isOpen).toBe(true)
})

it('goes on when the server does not answer, as who was here last', async () => {
  const { session, socket } = await mountClient(LoginPage, {
    ...KNOWN,
    answers: { 'GET /api/session': new AppError('connection/offline') },
  })
  expect(session.account).toEqual(ME)
  expect(socket.isOpen).toBe(true)
})

it('is who the server says, when it says so later', async () => {
  const answer = Promise.withResolvers<unknown>()
  const { session, settle } = await mountClient(LoginPage, {
    ...KNOWN,
    answers: { 'GET /api/session': () => answer.promise },
  })
  expect(session.account).toEqual(ME)
  answer.resolve({ ...ME, nickname: '安小然' })
  await settle()
  expect(session.account?.nickname).toBe('安小然')
})

it('is at the log-in when the server says that the session has ended, and says why', async () => {
  const { session, storage } = await mountClient(LoginPage, {
    ...KNOWN,
    answers: { 'GET /api/session': new AppError('auth/signed-out') },
  })
  expect(session.session).toEqual({ status: 'signed-out', isExpired: true })
  expect(storage.values.get('ahoy.account')).toBeNull()
})
