import { injectAdapter, TABS } from '#client/platform/keys.ts'
import type { OutboxPump } from './outboxPump.ts'

export interface OutboxTurn {
  /** This tab can reach the server for this account. */
  readonly begin: (accountId: string) => void
  readonly end: () => void
  /** Something was written. */
  readonly wake: () => void
}

/** Of all tabs that can reach the server one sends, so that the order is kept [CH7]. */
export function useOutboxTurn(options: {
  /** Nothing goes out before it is known what was written before it. */
  load: () => Promise<void>
  newPump: () => OutboxPump
}): OutboxTurn {
  const tabs = injectAdapter(TABS)
  let pump: OutboxPump | null = null
  let release: (() => void) | null = null
  /** Counts beginnings and ends: what was begun before an end does not go on. */
  let turn = 0

  async function start(mine: number): Promise<void> {
    await options.load()
    if (mine !== turn) return
    pump = options.newPump()
    pump.wake()
  }

  return {
    begin(accountId) {
      if (release !== null) return
      turn += 1
      const mine = turn
      release = tabs.hold(`ahoy.outbox.${accountId}`, () => void start(mine))
    },
    end() {
      turn += 1
      pump?.stop()
      pump = null
      release?.()
      release = null
    },
    wake: () => pump?.wake(),
  }
}
