/** The operations chain of a connection: one after the other, none after `close`. */
export interface Operations {
  readonly isIdle: boolean
  run(operation: () => void): Promise<void>
}

export function createOperations(options: {
  isClosed: () => boolean
  onIdle: () => void
}): Operations {
  const { isClosed, onIdle } = options
  let tail: Promise<unknown> = Promise.resolve()
  let count = 0

  async function step(before: Promise<unknown>, operation: () => void): Promise<void> {
    await before
    // Closed meanwhile: as if it were never answered (W3C WebRTC 4.4.1.2), Chromium rejects.
    if (isClosed()) throw new DOMException('closed', 'InvalidStateError')
    operation()
  }

  return {
    get isIdle() {
      return count === 0
    },
    async run(operation) {
      if (isClosed()) throw new DOMException('closed', 'InvalidStateError')
      count += 1
      const own = step(tail, operation)
      tail = own.catch(() => undefined)
      try {
        await own
      } finally {
        count -= 1
        if (count === 0) onIdle()
      }
    },
  }
}
