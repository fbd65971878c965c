import { request } from '@playwright/test'
import { plainName } from '#shared/names.ts'
import { accept, ask, register } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/index.ts'
import { leafTexts, listenForXss, NASTY_MESSAGES, NASTY_NICKNAMES } from '../fixtures/nasty.ts'
import { expectNoCall } from '../fixtures/talk.ts'

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; " +
  "font-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vue default ahoy-worker"

test('every page comes with the strict policy [S31]', async ({ server, newVisitor }) => {
  const { page } = await newVisitor()
  for (const path of ['/', '/login', '/contacts', '/nowhere', '/api/session']) {
    const response = await page.request.get(`${server.url}${path}`)
    expect(response.headers()['content-security-policy'], path).toBe(POLICY)
  }
})

test('the policy holds in the page: no string becomes a script [S31]', async ({ newVisitor }) => {
  const { page, guard } = await newVisitor()
  guard.allow(/policy|Content Security Policy|TrustedHTML/)
  await page.goto('/login')
  const attempt = page.evaluate(() => {
    document.body.innerHTML = '<img src=x onerror=alert()>'
  })
  await expect(attempt).rejects.toThrow(/TrustedHTML/)
  expect(guard.problems()).toEqual([])
})

test('a nasty nickname or greeting is only ever text [S29]', async ({ server, newFriends }) => {
  test.slow()
  const [bailu] = await newFriends(['白露'])
  const xss = await listenForXss(bailu.page)
  const asked: { id: string; nickname: string }[] = []
  for (const [index, nickname] of NASTY_NICKNAMES.entries()) {
    const api = await request.newContext()
    await register(api, server.url, nickname)
    const greeting = NASTY_NICKNAMES.at(-1 - index) ?? ''
    const id = await ask(api, server.url, { userId: bailu.id, greeting })
    asked.push({ id, nickname })
    await api.dispose()
  }

  await bailu.contacts.openRequests()
  for (const nickname of NASTY_NICKNAMES) {
    // Once as a name, once as a greeting.
    await expect.poll(() => leafTexts(bailu.page)).toContain(nickname)
    expect(await leafTexts(bailu.page)).toContain(plainName(nickname))
  }
  for (const { id } of asked) await accept(bailu.context.request, server.url, id)
  await bailu.page.goto('/contacts')
  await expect(bailu.contacts.list.getByRole('link')).toHaveCount(asked.length)
  const texts = await leafTexts(bailu.page)
  for (const nickname of NASTY_NICKNAMES) expect(texts).toContain(plainName(nickname))
  expect(await xss.hasRun()).toBe(false)
})

for (const nickname of ['<svg onload=xss()>', '{{xss()}}', '"onclick="xss()']) {
  test(`a call from ${nickname} is only a call [S29]`, async ({ newFriends }) => {
    const [nasty, bailu] = await newFriends([nickname, '白露'])
    const xss = await listenForXss(bailu.page)
    await nasty.contacts.callByVoice('白露')
    await expect(bailu.page.getByRole('alertdialog')).toHaveAttribute('aria-label', nickname)
    expect(await leafTexts(bailu.page)).toContain(nickname)
    await expect.poll(async () => (await bailu.page.title()).startsWith(nickname)).toBe(true)
    await bailu.call.answer()
    await expect(bailu.call.timer).toBeVisible()
    await bailu.call.hangUp()
    await expectNoCall(nasty, bailu)
    await bailu.chats.open()
    await expect.poll(() => leafTexts(bailu.page)).toContain(nickname)
    expect(await xss.hasRun()).toBe(false)
  })
}

test('a nasty message with a refusal is only text [S29]', async ({ newFriends }) => {
  test.slow()
  const [anran, bailu] = await newFriends(['安然', '白露'])
  const xss = await listenForXss(anran.page)
  for (const message of NASTY_MESSAGES) {
    await anran.contacts.callByVoice('白露')
    await bailu.call.declineWith(message)
    await expectNoCall(anran, bailu)
  }
  await anran.chats.openWith('白露')
  await expect(anran.chats.records).toHaveCount(NASTY_MESSAGES.length)
  const texts = await leafTexts(anran.page)
  for (const message of NASTY_MESSAGES) expect(texts).toContain(message)
  expect(await xss.hasRun()).toBe(false)
})
