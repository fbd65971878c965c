import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createHarbour } from '../../support/headless/harbour.ts'
import { isQuiet, isTalking, recordsOf, talk } from '../../support/headless/talk.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

async function both() {
  const harbour = await createHarbour()
  const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
  const [a, b] = [await ann.openTab(), await bob.openTab()]
  return { harbour, ann, bob, a, b }
}

describe('what one side has on', () => {
  it('[CA18] waits while it opens, and is off when it can’t be had', async () => {
    const { bob, a, b } = await both()
    for (const { media } of [a, b]) Object.assign(media, { isGenerous: false, isQuestion: true })
    a.dial(bob, 'audio')
    await until('it to show', () => b.call?.status === 'coming')
    b.view.accept({ muted: false })
    await until(
      'them to connect',
      () => a.call?.status === 'calling' && a.call.link === 'connected',
    )
    await pass(2_000)
    const asked = { microphone: 'permission', camera: null }
    expect([a.view.peerWaits.value, b.view.peerWaits.value]).toEqual([asked, asked])
    expect([a.view.waits.value, b.view.waits.value]).toEqual([asked, asked])
    a.media.asked[0]?.grant()
    b.media.asked[0]?.refuse(new AppError('media/not-found'))
    await until('the microphone to be on', () => b.view.peerMicrophoneOn.value)
    await until('nobody to wait', () => a.view.peerWaits.value.microphone === null)
    expect(a.view.peerMicrophoneOn.value).toBe(false)
    expect(b.view.peerWaits.value.microphone).toBeNull()
    expect(isTalking(a, b)).toBe(true)
  })

  it('[CA18] that the browser asks for is no silence to complain about', async () => {
    const { bob, a, b } = await both()
    Object.assign(b.media, { isGenerous: false, isQuestion: true })
    a.dial(bob, 'audio')
    await until('it to show', () => b.call?.status === 'coming')
    b.view.accept({ muted: false })
    await until('it to wait', () => a.view.peerWaits.value.microphone === 'permission')
    await pass(20_000)
    expect(a.view.trouble.value).not.toBe('silent')
    expect(a.view.peerWaits.value.microphone).toBe('permission')
    b.media.asked[0]?.grant()
    await until('both to talk', () => isTalking(a, b))
    await until('it to be on', () => a.view.peerMicrophoneOn.value)
  })

  it('and switches is shown within one trip, without the server', async () => {
    const { a, b } = await both()
    await talk(a, b)
    await until('the camera to be seen', () => b.view.peerCameraOn.value)
    a.wire.cut()
    a.view.toggleMicrophone()
    a.view.toggleCamera()
    await pass(20)
    expect([b.view.peerMicrophoneOn.value, b.view.peerCameraOn.value]).toEqual([false, false])
    expect(a.media.live.map(({ kind, enabled }) => [kind, enabled])).toEqual([['audio', false]])
    a.view.toggleMicrophone()
    a.view.toggleCamera()
    await pass(20)
    expect([b.view.peerMicrophoneOn.value, b.view.peerCameraOn.value]).toEqual([true, true])
    expect(isTalking(a, b)).toBe(true)
  })

  it('answered muted is shown as muted', async () => {
    const { bob, a, b } = await both()
    a.dial(bob, 'audio')
    await until('it to show', () => b.call?.status === 'coming')
    b.view.accept({ muted: true })
    await until('both to talk', () => isTalking(a, b))
    await until('it to be shown', () => !a.view.peerMicrophoneOn.value)
    expect(b.media.live.map(({ enabled }) => enabled)).toEqual([false])
  })

  it('is as on the first day in the next call', async () => {
    const { ann, a, b } = await both()
    await talk(a, b)
    a.view.toggleMicrophone()
    await until('it to be shown', () => !b.view.peerMicrophoneOn.value)
    a.view.hangUp()
    await until('both to be quiet', () => isQuiet(a, b))
    b.dial(ann, 'video')
    await until('it to show', () => a.call?.status === 'coming')
    a.view.accept({ muted: false })
    await until('both to talk', () => isTalking(a, b))
    expect([a.view.microphone.value, b.view.peerMicrophoneOn.value]).toEqual(['on', true])
  })
})

describe('a call', () => {
  it('is hung up by a log-out, at once and for both', async () => {
    const { ann, bob, a, b } = await both()
    await talk(a, b)
    a.socket.close()
    await until('both to be quiet', () => isQuiet(a, b), { withinMs: 5_000 })
    expect(b.history).toEqual(['coming', 'calling', 'closing completed', 'none'])
    expect(await recordsOf(bob, ann)).toMatchObject([{ outcome: 'completed' }])
  })

  it('is cancelled by a log-out while it rings', async () => {
    const { ann, bob, a, b } = await both()
    a.dial(bob)
    await until('it to ring', () => b.isRinging)
    a.socket.close()
    await until('both to be quiet', () => isQuiet(a, b), { withinMs: 5_000 })
    expect(await recordsOf(bob, ann)).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('is hung up on both sides while the server is away from one of them', async () => {
    const { ann, bob, a, b } = await both()
    await talk(a, b)
    a.wire.cut()
    await pass(1_000)
    a.view.hangUp()
    await pass(500)
    expect(b.call?.status).toBe('closing')
    await until('both to be quiet', () => isQuiet(a, b))
    a.wire.mend()
    await until('it to be back', () => a.socket.status === 'online')
    await pass(3_000)
    expect(await recordsOf(bob, ann)).toMatchObject([{ outcome: 'completed' }])
  })

  it('hung up during the permission prompt leaves nothing open', async () => {
    const { bob, a, b } = await both()
    a.media.isGenerous = false
    a.dial(bob)
    await until('it to ring', () => b.isRinging)
    a.view.cancel()
    const late = [...a.media.asked].map((request) => request.grant())
    await until('both to be quiet', () => isQuiet(a, b))
    expect(late.map(({ readyState }) => readyState)).toEqual(['ended', 'ended'])
  })

  it('goes on with sound when there is no camera', async () => {
    const { bob, a, b } = await both()
    a.media.isGenerous = false
    a.dial(bob)
    a.media.asked.find(({ device }) => device === 'camera')?.refuse(new AppError('media/in-use'))
    a.media.asked[0]?.grant()
    await until('it to show', () => b.call?.status === 'coming')
    b.view.accept({ muted: false })
    await until('both to talk', () => isTalking(a, b))
    expect(a.view.notices.value).toEqual([{ device: 'camera', code: 'media/in-use' }])
    expect(a.media.live.map(({ kind }) => kind)).toEqual(['audio'])
  })

  it('whose path breaks comes back by itself', async () => {
    const { harbour, a, b } = await both()
    await talk(a, b)
    harbour.network.cut()
    expect(a.call).toMatchObject({ link: 'reconnecting' })
    harbour.network.fail()
    harbour.network.mend()
    await until('both to talk again', () => isTalking(a, b), { withinMs: 10_000 })
  })

  it('that never finds a path ends as failed, and says why', async () => {
    const { harbour, ann, bob, a, b } = await both()
    harbour.network.cut()
    a.dial(bob)
    await until('it to show', () => b.call?.status === 'coming')
    b.view.accept({ muted: false })
    await until('the end', () => a.call?.status === 'closing', { withinMs: 40_000 })
    expect(a.call).toMatchObject({ outcome: 'failed', failure: 'negotiation/no-path' })
    await until('both to be quiet', () => isQuiet(a, b))
    expect(await recordsOf(ann, bob)).toMatchObject([{ outcome: 'failed' }])
  })

  it('shows the same time on both sides, whatever their clocks', async () => {
    const { a, b } = await both()
    await talk(a, b)
    await pass(10_000)
    const [mine, theirs] = [a.view.talkedMs.value ?? -1, b.view.talkedMs.value ?? -1]
    expect(mine).toBeGreaterThan(9_000)
    expect(Math.abs(mine - theirs)).toBeLessThan(500)
  })
})

describe('a click', () => {
  it('on dial twice is one call', async () => {
    const { ann, bob, a, b } = await both()
    a.dial(bob)
    a.dial(bob)
    await until('it to ring', () => b.isRinging)
    a.view.cancel()
    await until('both to be quiet', () => isQuiet(a, b))
    expect(await recordsOf(ann, bob)).toHaveLength(1)
  })

  it('on answer twice, and on decline after it, is one answer', async () => {
    const { bob, a, b } = await both()
    a.dial(bob)
    await until('it to show', () => b.call?.status === 'coming')
    b.view.accept({ muted: false })
    b.view.accept({ muted: true })
    b.view.reject()
    b.view.cancel()
    await until('both to talk', () => isTalking(a, b))
    expect(b.view.microphone.value).toBe('on')
  })

  it('on dial at who is calling just now is an answer', async () => {
    const { ann, bob, a, b } = await both()
    a.dial(bob)
    await until('it to show', () => b.call?.status === 'coming')
    b.dial(ann)
    await until('both to talk', () => isTalking(a, b))
    expect(b.history).toEqual(['coming', 'calling'])
  })

  it('on hang up twice is one', async () => {
    const { ann, bob, a, b } = await both()
    await talk(a, b)
    a.view.hangUp()
    a.view.hangUp()
    b.view.hangUp()
    await until('both to be quiet', () => isQuiet(a, b))
    expect(await recordsOf(ann, bob)).toHaveLength(1)
  })
})
