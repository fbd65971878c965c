import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createOriginPolicy } from '#server/platform/http/origin.ts'

function request(headers: Record<string, string>): IncomingMessage {
  const message = new IncomingMessage(new Socket())
  Object.assign(message.headers, { host: 'app.example', ...headers })
  return message
}

const policy = createOriginPolicy({ allowedOrigins: ['https://web.example'], trustedProxies: 0 })
const behindProxy = createOriginPolicy({ allowedOrigins: [], trustedProxies: 1 })

describe('[S1] isOwn', () => {
  it.each(['http://app.example', 'https://app.example', 'https://web.example'])(
    'takes %s',
    (origin) => {
      expect(policy.isOwn(request({ origin }))).toBe(true)
    },
  )

  it.each([
    'https://evil.example',
    'https://app.example.evil',
    'https://app.example:444',
    'https://xapp.example',
    'http://web.example',
    'null',
    'app.example',
    '',
  ])('refuses "%s"', (origin) => {
    expect(policy.isOwn(request({ origin }))).toBe(false)
  })

  it('refuses a missing origin', () => {
    expect(policy.isOwn(request({}))).toBe(false)
  })

  it('refuses the http page of a host that is served over https', () => {
    const headers = { 'x-forwarded-proto': 'https', origin: 'http://app.example' }
    expect(behindProxy.isOwn(request(headers))).toBe(false)
  })
})

describe('isSecure', () => {
  it('does not believe a header when no proxy is trusted', () => {
    expect(policy.isSecure(request({ 'x-forwarded-proto': 'https' }))).toBe(false)
  })

  it('believes what the nearest proxy says, not what the client said before it', () => {
    expect(behindProxy.isSecure(request({ 'x-forwarded-proto': 'https' }))).toBe(true)
    expect(behindProxy.isSecure(request({ 'x-forwarded-proto': 'https, http' }))).toBe(false)
  })
})
