import { describe, expect, it } from 'vitest'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import type { Sound, Tune } from '#client/platform/sound/Sound.ts'
import { TUNES } from '#client/calls/ringing/ringtone.ts'
import { useRinging } from '#client/calls/ringing/useRinging.ts'

/** The tabs of one device: they share the right to sound. */
function createDevice() {
  const waiting: { name: string; onHeld: () => void }[] = []
  const held = new Map<string, () => void>()

  function pass(name: string): void {
    const next = waiting.find((one) => one.name === name)
    held.delete(name)
    if (next === undefined) return
    waiting.splice(waiting.indexOf(next), 1)
    held.set(name, next.onHeld)
    next.onHeld()
  }

  const holdSoundRight: Alerts['holdSoundRight'] = (name, onHeld) => {
    waiting.push({ name, onHeld })
    if (!held.has(name)) pass(name)
    return () => {
      const index = waiting.findIndex((one) => one.onHeld === onHeld)
      if (index >= 0) waiting.splice(index, 1)
      if (held.get(name) === onHeld) pass(name)
    }
  }

  function createTab() {
    const looping: Tune[] = []
    const played: Tune[] = []
    const sound: Sound = {
      isBlocked: false,
      onBlockedChanged: () => () => undefined,
      unlock: () => Promise.resolve(),
      loop(tune) {
        looping.push(tune)
        return () => void looping.splice(looping.indexOf(tune), 1)
      },
      play: (tune) => played.push(tune),
    }
    const alerts: Alerts = {
      notify: () => () => undefined,
      permission: 'granted',
      askPermission: () => Promise.resolve(),
      holdSoundRight,
    }
    return { ...useRinging(sound, alerts), looping, played }
  }
  return { createTab, held }
}

describe('the sound of a call', () => {
  it('rings in one tab of a device, and in the next when that one goes', () => {
    const { createTab } = createDevice()
    const [first, second] = [createTab(), createTab()]
    first.ring('incoming', 'a')
    second.ring('incoming', 'a')
    expect(first.looping).toEqual([TUNES.incoming])
    expect(second.looping).toEqual([])
    first.ring('silence', 'a')
    expect(first.looping).toEqual([])
    expect(second.looping).toEqual([TUNES.incoming])
  })

  it('does not begin in a tab that stopped ringing while it waited for the right', () => {
    const { createTab, held } = createDevice()
    const [first, second] = [createTab(), createTab()]
    first.ring('incoming', 'a')
    second.ring('incoming', 'a')
    second.ring('silence', 'a')
    first.ring('silence', 'a')
    expect(second.looping).toEqual([])
    expect(held.size).toBe(0)
  })

  it('rings back to the caller until the call is answered', () => {
    const tab = createDevice().createTab()
    tab.ring('ringback', 'a')
    expect(tab.looping).toEqual([TUNES.ringback])
    tab.ring('silence', 'a')
    expect(tab.looping).toEqual([])
  })

  it('of the end comes once, after everything else is silent', () => {
    const tab = createDevice().createTab()
    tab.ring('ringback', 'a')
    tab.ring('ended', 'a')
    expect(tab.looping).toEqual([])
    expect(tab.played).toEqual([TUNES.ended])
  })

  it('is one at a time: a new ring takes the place of the old one', () => {
    const tab = createDevice().createTab()
    tab.ring('ringback', 'a')
    tab.ring('incoming', 'b')
    expect(tab.looping).toEqual([TUNES.incoming])
  })
})
