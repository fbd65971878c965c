import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { iceServersFor } from '#server/calls/iceServers.ts'
import { NOON } from '../../support/calls/desk.ts'
import { alice } from '../../support/calls/people.ts'

const stunUrls = ['stun:stun.example:3478']
const turn = { urls: ['turn:turn.example:3478', 'turns:turn.example:443'], secret: 'north wind' }

const turnServer = (nowMs = NOON) => iceServersFor({ stunUrls: [], turn }, nowMs)[0]

describe('iceServersFor', () => {
  it('is empty where nothing is configured: host candidates only', () => {
    expect(iceServersFor({ stunUrls: [], turn: null }, NOON)).toEqual([])
  })

  it('offers STUN without credentials', () => {
    expect(iceServersFor({ stunUrls, turn: null }, NOON)).toEqual([{ urls: stunUrls }])
  })

  it('offers STUN and TURN, each as one server', () => {
    const servers = iceServersFor({ stunUrls, turn }, NOON)
    expect(servers.map(({ urls }) => urls)).toEqual([stunUrls, turn.urls])
  })

  it('[S44] signs the user name as the use-auth-secret of coturn expects it', () => {
    const server = turnServer()
    const mac = createHmac('sha1', turn.secret).update(server?.username ?? '')
    expect(server?.credential).toBe(mac.digest('base64'))
  })

  it('[S44] lets the credentials work for two hours, in whole seconds since 1970', () => {
    const [until] = turnServer(NOON + 999)?.username?.split(':') ?? []
    expect(Number(until)).toBe(NOON / 1000 + 2 * 60 * 60)
  })

  it('[S44] gives everybody another name, which tells nobody who calls', () => {
    const names = Array.from({ length: 100 }, () => turnServer()?.username ?? '')
    expect(new Set(names).size).toBe(100)
    expect(names.join()).not.toContain(alice.view.id)
    expect(names[0]).toMatch(/^\d{10}:[0-9a-f-]{36}$/)
  })
})
