import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { createHostPolicy, type HostPolicyOptions } from '#server/platform/http/hosts.ts'

const hostsOf = (options: Partial<HostPolicyOptions> = {}) =>
  createHostPolicy({
    publicHosts: null,
    allowedOrigins: ['https://web.example:8443'],
    host: '0.0.0.0',
    isProduction: true,
    ...options,
  })

describe('[S1] a server in production that is told no names', () => {
  it.each([
    'localhost',
    'LOCALHOST:8080',
    '127.0.0.1:8080',
    '192.0.2.7',
    '[::1]:8080',
    '[2001:db8::7]',
    'web.example',
    'web.example.:443',
    hostname(),
  ])('answers to %s', (host) => {
    expect(hostsOf().isServed(host)).toBe(true)
  })

  it.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    'xweb.example',
    'web.example@evil.example',
    'web.example/evil',
    'web.example:80:80',
    '',
    ' ',
    undefined,
  ])('does not answer to "%s"', (host) => {
    expect(hostsOf().isServed(host)).toBe(false)
  })

  it('answers to the name that it listens on', () => {
    expect(hostsOf({ host: 'box.lan' }).isServed('box.lan:8080')).toBe(true)
  })
})

describe('[S1] a server that is told its names', () => {
  it.each([true, false])('answers to those alone, whether in production (%s)', (isProduction) => {
    const hosts = hostsOf({ publicHosts: ['chat.example.org'], isProduction })
    const names = [
      'chat.example.org',
      'Chat.Example.Org:8443',
      'localhost',
      '127.0.0.1',
      'web.example',
    ]
    expect(names.map((name) => hosts.isServed(name))).toEqual([true, true, false, false, false])
  })
})

it('a server in development answers to any name', () => {
  expect(hostsOf({ isProduction: false }).isServed('evil.example')).toBe(true)
})
