import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { callRequests } from '#shared/protocol/calls.ts'
import { CANDIDATE, framesAbout, ring, SDP, talk } from '../../support/calls/rawCall.ts'
import { accountOf, newcomer } from '../../support/server/friends.ts'
import { createPort, type Member, type Port } from '../../support/server/port.ts'

const PING = { received: 0 }

/** Those who have no part in the call of the first two. */
const OUTSIDERS: Readonly<Record<string, (port: Port) => Promise<Member>>> = {
  'a stranger': async (port) => {
    const browser = await newcomer(port.server)
    return { browser, id: (await accountOf(browser)).id, tab: await port.tab(browser) }
  },
  'a contact of both': (port) => port.person(3),
  'another tab of the caller': (port) => port.person(1),
}

/** Nobody learns whether there is such a call; but for one's own, which another tab has [CA12]. */
const refusalOf = (who: string, type: string): string =>
  who === 'another tab of the caller' && type === 'call.resume' ? 'call/taken' : 'call/ended'

/** What both sides have been told so far, once everything under way has arrived. */
async function heardBy(...members: readonly Member[]) {
  for (const { tab } of members) await tab.ask('ping', PING)
  return members.map(({ tab }) => tab.pushes.length)
}

it('every call frame of the protocol is in the table of these tests', () => {
  const tested = framesAbout('', '').map(([type]) => type)
  expect(['call.invite', ...tested].sort()).toEqual(Object.keys(callRequests).sort())
})

describe.each(Object.entries(OUTSIDERS))('[S14] [S16] [CA9] %s', (who, comes) => {
  const types = framesAbout('', '').map(([type]) => type)

  it.each(types)('has no part in a call that rings: %s', async (type) => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const outsider = await comes(port)
    const before = await heardBy(caller, callee)
    for (const { legId } of [caller.tab, callee.tab]) {
      const about = (id: string) => framesAbout(id, legId).find(([one]) => one === type)?.[1]
      const [known, unknown] = [
        await outsider.tab.ask(type, about(callId)),
        await outsider.tab.ask(type, about(uuidv7())),
      ]
      expect(unknown.error).toEqual({ code: 'call/ended' })
      expect(known.error).toEqual({ code: refusalOf(who, type) })
    }
    expect(await heardBy(caller, callee)).toEqual(before)
  })

  it.each(types)('has no part in a call that is on: %s', async (type) => {
    const port = await createPort()
    const { callId, caller, callee } = await talk(port)
    const outsider = await comes(port)
    const before = await heardBy(caller, callee)
    const [, body] = framesAbout(callId, callee.tab.legId).find(([one]) => one === type) ?? []
    expect(await outsider.tab.ask(type, body)).toMatchObject({
      error: { code: refusalOf(who, type) },
    })
    expect(await heardBy(caller, callee)).toEqual(before)
    expect(port.server.app.calls.liveCount).toBe(1)
  })
})

describe('[S14] [CA1] an invite', () => {
  it('[P2] [P4] of a stranger is forbidden, and the callee hears nothing of it', async () => {
    const port = await createPort()
    const [stranger, callee] = [await newcomer(port.server), await port.person(1)]
    const tab = await port.tab(stranger)
    const ask = (calleeId: string) =>
      tab.ask('call.invite', { callId: uuidv7(), calleeId, kind: 'audio' })
    const refused = await ask(callee.id)
    expect(refused.error).toEqual({ code: 'request/forbidden' })
    expect((await ask(uuidv7())).error).toEqual(refused.error)
    expect(await heardBy(callee)).toEqual([0])
  })

  it('of oneself is forbidden', async () => {
    const port = await createPort()
    const { id, tab } = await port.person(1)
    const reply = await tab.ask('call.invite', { callId: uuidv7(), calleeId: id, kind: 'audio' })
    expect(reply.error).toEqual({ code: 'request/forbidden' })
  })

  it('[S16] of a stranger under the id of a running call is refused as any other', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const before = await heardBy(caller, callee)
    const tab = await port.tab(await newcomer(port.server))
    const reply = await tab.ask('call.invite', { callId, calleeId: callee.id, kind: 'audio' })
    expect(reply.error).toEqual({ code: 'request/forbidden' })
    expect(await heardBy(caller, callee)).toEqual(before)
  })

  it('of somebody who has logged out never arrives', async () => {
    const port = await createPort()
    const [ann, bob] = [await port.person(1), await port.person(2)]
    await ann.browser.delete('/api/session')
    expect(await ann.tab.closed).toBe(4001)
    expect(await heardBy(bob)).toEqual([0])
  })
})

describe('[S15] [S21] fields that a frame claims', () => {
  it('from, caller and time are the server’s knowledge, whatever the frame says', async () => {
    const port = await createPort()
    const [ann, bob, cat] = [await port.person(1), await port.person(2), await port.person(3)]
    const callId = uuidv7()
    const forged = { id: cat.id, nickname: 'forged' }
    await ann.tab.ask('call.invite', {
      callId,
      calleeId: bob.id,
      kind: 'audio',
      caller: forged,
      callerId: cat.id,
      from: forged,
      invitedAt: 1,
    })
    const { body } = await bob.tab.pushed('call.coming')
    expect(body).toEqual({
      callId,
      caller: { id: ann.id, nickname: '安然' },
      kind: 'audio',
      invitedAt: port.server.clock.now(),
      callerLeg: { legId: ann.tab.legId, deviceId: ann.tab.deviceId },
      iceServers: [],
    })
  })

  it('a relayed frame carries its fields and its true sender, and nothing else', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const foreign = { legId: uuidv7(), deviceId: uuidv7() }
    const extra = { from: foreign, sender: foreign, isAdmin: true, toLeg: callee.tab.legId }
    await caller.tab.ask('call.offer', { callId, generation: 1, sdp: SDP, ...extra })
    const from = { legId: caller.tab.legId, deviceId: caller.tab.deviceId }
    expect((await callee.tab.pushed('call.offer')).body).toEqual({
      callId,
      generation: 1,
      sdp: SDP,
      from,
    })
    await caller.tab.ask('call.candidate', {
      callId,
      generation: 1,
      candidate: { ...CANDIDATE, usernameFragment: null, isAdmin: true },
      ...extra,
    })
    expect((await callee.tab.pushed('call.candidate')).body).toEqual({
      callId,
      generation: 1,
      candidate: { ...CANDIDATE, usernameFragment: null },
      from,
    })
  })
})

describe('[CA9] a signal', () => {
  it('goes to the leg that it names and to no other of the callee', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const other = { ...callee, tab: await port.tab(callee.browser) }
    await other.tab.pushed('call.coming')
    const body = { callId, toLeg: other.tab.legId, generation: 1, sdp: SDP }
    expect(await caller.tab.ask('call.offer', body)).toMatchObject({ ok: true })
    await other.tab.pushed('call.offer')
    await heardBy(callee)
    expect(callee.tab.pushes.map(({ type }) => type)).toEqual(['call.coming'])
  })

  it('goes to no leg of one’s own side, and to no third person', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const [own, third] = [await port.person(1), await port.person(3)]
    for (const { tab } of [own, third]) {
      const body = { callId, toLeg: tab.legId, generation: 1, sdp: SDP }
      const reply = await caller.tab.ask('call.offer', body)
      expect(reply.error).toEqual({ code: 'call/ended' })
    }
    expect(await heardBy(own, third)).toEqual([0, 0])
    expect(callee.tab.pushes).toHaveLength(1)
  })
})
