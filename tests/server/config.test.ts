import { describe, expect, it } from 'vitest'
import { loadConfig } from '#server/config.ts'
import { problemsOf } from '../support/server/problemsOf.ts'

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      databaseUrl: null,
      distDir: './dist',
      isProduction: false,
      allowedOrigins: [],
      publicHosts: null,
      trustedProxies: 0,
      tls: null,
      stunUrls: [],
      turn: null,
      logLevel: 'info',
      socketsPerAddress: 2000,
      registrationsPerHour: 10,
      messagesPerWindow: 30,
      callsPerMinute: 10,
      reloadGraceMs: 8_000,
      wrongPasswordsPerAddress: 20,
    })
  })

  it('reads lists, numbers and pairs', () => {
    const config = loadConfig({
      PORT: '0',
      NODE_ENV: 'production',
      ALLOWED_ORIGINS: 'https://a.example, http://b.example:81',
      PUBLIC_HOSTS: 'chat.example.org, [::1]',
      TRUST_PROXY: '1',
      TLS_CERT: '/c.pem',
      TLS_KEY: '/k.pem',
      STUN_URLS: 'stun:s.example:3478,stuns:t.example',
      TURN_URLS: 'turn:t.example?transport=tcp',
      TURN_SECRET: 'long enough',
      RELOAD_GRACE_SECONDS: '14',
    })
    expect(config).toMatchObject({
      port: 0,
      isProduction: true,
      allowedOrigins: ['https://a.example', 'http://b.example:81'],
      publicHosts: ['chat.example.org', '[::1]'],
      trustedProxies: 1,
      tls: { certPath: '/c.pem', keyPath: '/k.pem' },
      stunUrls: ['stun:s.example:3478', 'stuns:t.example'],
      turn: { urls: ['turn:t.example?transport=tcp'], secret: 'long enough' },
      reloadGraceMs: 14_000,
    })
  })

  it('takes an empty variable as one that is not set', () => {
    expect(loadConfig({ PORT: '', STUN_URLS: '' })).toEqual(loadConfig({}))
  })

  it.each([
    ['PORT', 'eighty', /^PORT must be a whole number from 0 to 65535, is "eighty"$/],
    ['PORT', '65536', /^PORT must be a whole number from 0 to 65535, is "65536"$/],
    ['PORT', '-1', /^PORT must be a whole number from 0 to 65535, is "-1"$/],
    ['PORT', '80.5', /^PORT must be a whole number from 0 to 65535, is "80\.5"$/],
    ['TRUST_PROXY', 'true', /^TRUST_PROXY must be a whole number from 0 to 10, is "true"$/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be one of fatal, .*silent, is "loud"$/],
    ['ALLOWED_ORIGINS', 'a.example', /^ALLOWED_ORIGINS must be origins .* is "a.example"$/],
    ['ALLOWED_ORIGINS', 'https://a.example/', /^ALLOWED_ORIGINS must be origins/],
    ['ALLOWED_ORIGINS', '*', /^ALLOWED_ORIGINS must be origins/],
    ['PUBLIC_HOSTS', 'https://a.example', /^PUBLIC_HOSTS must be names without a port/],
    ['PUBLIC_HOSTS', 'a.example:8443', /^PUBLIC_HOSTS must be names without a port/],
    ['PUBLIC_HOSTS', 'a.example/', /^PUBLIC_HOSTS must be names without a port/],
    ['PUBLIC_HOSTS', 'A.example', /^PUBLIC_HOSTS must be names without a port/],
    ['PUBLIC_HOSTS', '*', /^PUBLIC_HOSTS must be names without a port/],
    ['SOCKETS_PER_ADDRESS', '0', /^SOCKETS_PER_ADDRESS must be a whole number from 1 to/],
    ['STUN_URLS', 's.example:3478', /^STUN_URLS must be URLs .* is "s.example:3478"$/],
  ])('says what is wrong with %s=%s and what would be right', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(problem)])
  })

  it('names every problem at once', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'y', TRUST_PROXY: 'z' })
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'PORT',
      'TRUST_PROXY',
    ])
  })

  it('asks for the names of a site that is behind a proxy', () => {
    const site = { NODE_ENV: 'production', TRUST_PROXY: '1' }
    expect(problemsOf(site)).toEqual([expect.stringMatching(/^PUBLIC_HOSTS is missing/)])
    expect(loadConfig({ ...site, PUBLIC_HOSTS: 'chat.example.org' })).toMatchObject({
      publicHosts: ['chat.example.org'],
    })
    expect(loadConfig({ ...site, ALLOWED_ORIGINS: 'https://chat.example.org' })).toMatchObject({
      publicHosts: null,
    })
  })

  it('names the missing half of a pair', () => {
    expect(problemsOf({ TLS_CERT: 'c.pem' })).toEqual(['TLS_KEY is missing, and TLS_CERT needs it'])
    expect(problemsOf({ TURN_SECRET: 'long enough' })).toEqual([
      'TURN_URLS is missing, and TURN_SECRET needs it',
    ])
  })

  it('never repeats a secret', () => {
    const problems = problemsOf({ TURN_URLS: 'turn:t.example', TURN_SECRET: 'sesame' })
    expect(problems).toEqual(['TURN_SECRET must have 8 characters or more'])
  })

  it.each([
    'postgres://ahoy:sesame@db.example.org:5433/ahoy',
    'postgresql://db.example.org/ahoy?sslmode=require',
    'postgres:///ahoy?host=/run/postgresql',
  ])('takes the database %s', (url) => {
    expect(loadConfig({ DATABASE_URL: url }).databaseUrl).toBe(url)
  })

  it.each([
    'mysql://ahoy:sesame@db/ahoy',
    'postgres://ahoy:sesame@db',
    'sesame',
    'postgres://:x@/',
  ])('does not take the database %s, nor repeat it', (url) => {
    expect(problemsOf({ DATABASE_URL: url })).toEqual([
      'DATABASE_URL must be the URL of a database, such as postgres://ahoy:password@db.example.org/ahoy',
    ])
  })
})
