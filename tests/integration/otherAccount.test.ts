import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { CLOSE_CODES } from '#shared/protocol/envelope.ts'
import type { Answer, Browser } from '../support/server/browser.ts'
import { conversationWith } from '../support/server/friends.ts'
import { createPort, type Member } from '../support/server/port.ts'

const REFUSED = { status: 403, body: { error: { code: 'auth/other-account' } } }
const ID = '00000000-0000-4000-8000-000000000000'

type Send = (browser: Browser, path: string, headers: Record<string, string>) => Promise<Answer>
const SENDERS: Readonly<Record<'get' | 'delete' | 'post', Send>> = {
  get: (browser, path, headers) => browser.get(path, headers),
  delete: (browser, path, headers) => browser.delete(path, headers),
  post: (browser, path, headers) => browser.post(path, {}, headers),
}

/** 白露 is logged in in a browser where a tab of 安然 is still open. */
async function inOneBrowser() {
  const port = await createPort()
  const ann = await port.person(1)
  const bob = await port.person(2)
  const asAnn = { 'ahoy-user': ann.id }
  return { ...port, ann, bob, asAnn }
}

describe('[HS12] a request of a tab whose browser is another account’s', () => {
  it.each([
    ['get', '/api/session'],
    ['delete', '/api/session'],
    ['get', '/api/sessions'],
    ['delete', `/api/sessions/${ID}`],
    ['get', '/api/contacts'],
    ['post', `/api/contacts/${ID}/block`],
    ['get', '/api/users?mobile=13006789002'],
    ['get', '/api/contact-requests'],
    ['post', '/api/contact-requests'],
    ['post', `/api/contact-requests/${ID}/accept`],
    ['post', `/api/contact-requests/${ID}/ignore`],
    ['get', '/api/conversations'],
    ['get', `/api/conversations/${ID}/messages`],
    ['post', `/api/conversations/${ID}/read`],
    ['get', '/api/messages/search?text=a'],
    ['get', '/api/preferences'],
  ] as const)('%s %s is refused', async (method, path) => {
    const { bob, asAnn } = await inOneBrowser()
    const send = SENDERS[method]
    const { cookie } = bob.browser
    expect(await send(bob.browser, path, asAnn)).toMatchObject(REFUSED)
    expect(bob.browser.cookie).toBe(cookie)
    expect(await send(bob.browser, path, { 'ahoy-user': bob.id })).not.toMatchObject({
      status: 403,
    })
  })

  it('changes nothing: a log-out that is heard late does not end the session of who came since', async () => {
    const { bob, asAnn } = await inOneBrowser()
    await bob.browser.delete('/api/session', asAnn)
    expect(await bob.browser.get('/api/session')).toMatchObject({ status: 200 })
    expect(await bob.tab.ask('ping', { received: 0 })).toMatchObject({ ok: true })
  })

  it('may be a log-in: whoever comes ends the session before it', async () => {
    const { bob, asAnn } = await inOneBrowser()
    const login = { mobile: '13006789003', password: '123456' }
    expect(await bob.browser.post('/api/session', login, asAnn)).toMatchObject({ status: 200 })
    expect(await bob.tab.closed).toBe(CLOSE_CODES.signedOut)
  })
})

describe('[HS12] a socket whose session is another account’s than its tab', () => {
  const messages = ({ browser }: Member, conversationId: string) =>
    browser.get(`/api/conversations/${conversationId}/messages`)

  it('closes with 4006 at its hello, and nothing is done that it says', async () => {
    const { ann, bob, open } = await inOneBrowser()
    const conversationId = await conversationWith(bob.browser, ann.id)
    const before = await messages(bob, conversationId)
    const late = await open(bob.browser)
    // One after the other, as a tab does that does not wait for the answer.
    void late.hello({ userId: ann.id })
    void late.ask('chat.send', { id: uuidv7(), conversationId, text: 'only Ann says so' })
    expect(await late.closed).toBe(CLOSE_CODES.otherAccount)
    expect(late.frames).toEqual([])
    expect((await messages(bob, conversationId)).body).toEqual(before.body)
  })

  it('hears nothing of that account, and takes no tab’s place', async () => {
    const { ann, bob, open } = await inOneBrowser()
    const conversationId = await conversationWith(ann.browser, bob.id)
    const late = await open(bob.browser)
    const { legId, deviceId } = bob.tab
    void late.hello({ userId: ann.id, legId, deviceId })
    await ann.tab.ask('chat.send', { id: uuidv7(), conversationId, text: 'for Bob' })
    expect(await late.closed).toBe(CLOSE_CODES.otherAccount)
    expect(late.frames).toEqual([])
    expect(await bob.tab.pushed('feed.item')).toMatchObject({ type: 'feed.item' })
  })

  it('that was let in is refused a second hello for another account', async () => {
    const { ann, bob } = await inOneBrowser()
    void bob.tab.hello({ userId: ann.id })
    expect(await bob.tab.closed).toBe(CLOSE_CODES.otherAccount)
  })

  it('is told when it does not say whose it is, and stays open', async () => {
    const { bob, open } = await inOneBrowser()
    const socket = await open(bob.browser)
    expect(await socket.hello({ userId: undefined })).toMatchObject({
      ok: false,
      error: { code: 'protocol/malformed', field: 'body.userId' },
    })
    expect(await socket.hello()).toMatchObject({ ok: true, body: { userId: bob.id } })
  })
})
