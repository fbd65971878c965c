import { AppError, type ErrorCode } from '#shared/errors.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { OutboxItem } from './outbox.ts'

export interface OutboxPumpOptions {
  readonly next: () => OutboxItem | undefined
  /** @throws AppError */
  readonly send: (item: OutboxItem) => Promise<MessageView>
  readonly onSent: (item: OutboxItem, message: MessageView) => void
  readonly onRefused: (item: OutboxItem, code: ErrorCode) => void
  /** Run once after `ms`; returns the function that calls it off. */
  readonly after: (ms: number, run: () => void) => () => void
}

/** Sends what waits, one after the other, so that the order is the one in which it was written [CH7]. */
export interface OutboxPump {
  /** Something waits, or the way to the server is open again. Harmless at any time. */
  wake(): void
  stop(): void
}

export function createOutboxPump(options: OutboxPumpOptions): OutboxPump {
  const { next, send, onSent, onRefused, after } = options
  let isBusy = false
  let isStopped = false
  let cancelTimer: (() => void) | null = null

  function wake(): void {
    if (isBusy || isStopped || cancelTimer !== null) return
    const item = next()
    if (item === undefined) return
    isBusy = true
    void attempt(item).then((goesOn) => {
      isBusy = false
      if (goesOn) wake()
    })
  }

  /** @returns whether the next one may follow at once */
  async function attempt(item: OutboxItem): Promise<boolean> {
    try {
      const message = await send(item)
      if (!isStopped) onSent(item, message)
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return !isStopped && handle(item, error)
    }
  }

  function handle(item: OutboxItem, { code, retryAfterMs = 0 }: AppError): boolean {
    // It stays where it is: whoever opens the way again wakes us.
    if (code === 'connection/offline') return false
    // Nobody knows whether it was heard. Said again it is the same message.
    if (code === 'request/timed-out') return true
    if (code === 'request/rate-limited') {
      cancelTimer = after(retryAfterMs, () => {
        cancelTimer = null
        wake()
      })
      return false
    }
    onRefused(item, code)
    return true
  }

  return {
    wake,
    stop() {
      isStopped = true
      cancelTimer?.()
      cancelTimer = null
    },
  }
}
