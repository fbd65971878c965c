import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import LoginPage from '#client/accounts/LoginPage.vue'
import { createFakeStorage, type FakeStorage } from '../../support/client/fakePage.ts'
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
  expect(session.session).toEqual({ status: 'signed-out', reason: 'left', accountId: null })
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
  expect(session.session).toEqual({ status: 'signed-out', reason: 'left', accountId: ME.id })
})

it('says why the user is back at the log-in', async () => {
  const { session, socket, text, settle } = await mountClient(LoginPage)
  socket.refuse('signed-out')
  await settle()
  expect(session.session).toEqual({ status: 'signed-out', reason: 'expired', accountId: ME.id })
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
  expect(session.session).toEqual({ status: 'signed-out', reason: 'expired', accountId: ME.id })
  expect(storage.values.get('ahoy.account')).toBeNull()
})

const OTHER = {
  id: '00000000-0000-4000-8000-0000000000b0',
  mobile: '13006789002',
  nickname: '白露',
}
const REPLACED = { status: 'signed-out', reason: 'other-account', accountId: ME.id }

describe('[HS12] a tab of one account, where another one is logged in in its browser', () => {
  it('leaves when its socket is refused for it, says why, and leaves the other one alone', async () => {
    const { session, socket, storage, text, settle } = await mountClient(LoginPage)
    storage.values.set('ahoy.account', OTHER)
    socket.refuse('other-account')
    await settle()
    expect(session.session).toEqual(REPLACED)
    expect(socket.isOpen).toBe(false)
    expect(text()).toContain('此浏览器登录了另一个账号')
    expect(storage.values.get('ahoy.account')).toEqual(OTHER)
  })

  it('leaves as soon as it hears of it, with no way to the server', async () => {
    const { session, socket, storage } = await mountClient(LoginPage)
    storage.writeElsewhere('ahoy.account', OTHER)
    expect(session.session).toEqual(REPLACED)
    expect(socket.isOpen).toBe(false)
  })

  it('leaves when another tab has, and stays for what it knows already', async () => {
    const { session, storage } = await mountClient(LoginPage)
    storage.writeElsewhere('ahoy.account', { ...ME, nickname: '安小然' })
    expect(session.account).toEqual(ME)
    storage.writeElsewhere('ahoy.account', null)
    expect(session.session).toMatchObject({ status: 'signed-out', reason: 'expired' })
  })

  it('does not become the other one by the answer to who it is', async () => {
    const { session, socket } = await mountClient(LoginPage, {
      ...KNOWN,
      answers: { 'GET /api/session': OTHER },
    })
    expect(session.session).toEqual(REPLACED)
    expect(socket.openedFor).toEqual([ME.id])
  })

  it('is who is here by the time it is prepared', async () => {
    const storage = createFakeStorage()
    const { session, socket } = await mountClient(LoginPage, {
      ...KNOWN,
      storage,
      answers: { 'GET /api/session': OTHER },
      prepare: () => {
        storage.writeElsewhere('ahoy.account', OTHER)
        return Promise.resolve()
      },
    })
    expect(session.account).toEqual(OTHER)
    expect(socket.openedFor).toEqual([OTHER.id])
  })
})

it('says with the socket whose it is', async () => {
  const { socket } = await mountClient(LoginPage)
  expect(socket.openedFor).toEqual([ME.id])
})

describe('what a tab keeps over a reload for one account', () => {
  const left = { 'ahoy.call': 1, 'ahoy.call-report': 2 }
  const tabOf = (accountId: string): FakeStorage => {
    const tabStorage = createFakeStorage()
    for (const [key, value] of Object.entries(left)) tabStorage.values.set(key, value)
    tabStorage.values.set('ahoy.tab-account', accountId)
    return tabStorage
  }
  const keptIn = ({ values }: FakeStorage) =>
    Object.keys(left).map((key) => values.get(key) ?? null)

  it('is there for it, and gone when it leaves', async () => {
    const tabStorage = tabOf(ME.id)
    const { session } = await mountClient(LoginPage, { tabStorage })
    expect(keptIn(tabStorage)).toEqual([1, 2])
    await session.logOut()
    expect(keptIn(tabStorage)).toEqual([null, null])
  })

  it('is gone with its id when it leaves: nothing in the browser tells who was here', async () => {
    const tabStorage = tabOf(ME.id)
    const { session, storage } = await mountClient(LoginPage, {
      tabStorage,
      answers: { 'DELETE /api/session': {} },
    })
    await session.logOut()
    const left = [...tabStorage.values.values(), ...storage.values.values()]
    expect(left.filter((value) => value !== null)).toEqual([])
  })

  it('is not there for who comes where it was never said whose it is', async () => {
    const tabStorage = tabOf(ME.id)
    tabStorage.values.delete('ahoy.tab-account')
    await mountClient(LoginPage, { tabStorage })
    expect(keptIn(tabStorage)).toEqual([null, null])
  })

  it('is not there for another one', async () => {
    const tabStorage = tabOf(OTHER.id)
    await mountClient(LoginPage, { tabStorage })
    expect(keptIn(tabStorage)).toEqual([null, null])
  })
})
