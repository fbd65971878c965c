import { describe, expect, it } from 'vitest'
import { createHarbour } from '../../support/headless/harbour.ts'
import { isTalking } from '../../support/headless/talk.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

describe('a call', () => {
  it('is dialed, rings, is answered, connects and is hung up', async () => {
    const harbour = await createHarbour()
    const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
    const [a, b] = [await ann.openTab(), await bob.openTab()]
    a.dial(bob)
    await until('the callee to ring', () => b.isRinging)
    await until('an early connection', () => b.connections[0]?.connectionState === 'connected')
    b.view.accept({ muted: false })
    await until('both to talk', () => isTalking(a, b))
    await pass(10_000)
    a.view.hangUp()
    await until('both to be done', () => a.call === null && b.call === null)
    expect(a.history).toEqual(['waiting', 'calling', 'closing completed', 'none'])
    expect(b.history).toEqual(['coming', 'calling', 'closing completed', 'none'])
    expect([...a.media.live, ...b.media.live]).toEqual([])
    expect(harbour.network.ends.size).toBe(0)
  })
})
