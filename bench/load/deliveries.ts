import type { AhoyLine } from './sides/ahoy.ts'

/** How long messages take from the one who writes them to the one who gets them. */
export interface Deliveries {
  /** This message is sent now. */
  sent: (id: string) => void
  /** Of all that came since this was asked before, ms. */
  take: () => number[]
}

const MESSAGE_ID = /"type":"feed\.item".*?"message":\{"id":"([0-9a-f-]{36})"/

/** @param receivers each hears what one sender writes */
export function watchDeliveries(receivers: readonly AhoyLine[]): Deliveries {
  const sentAt = new Map<string, number>()
  let delays: number[] = []
  for (const { socket } of receivers) {
    socket.on('message', (frame: Buffer) => {
      const id = MESSAGE_ID.exec(frame.toString('latin1'))?.[1] ?? ''
      const at = sentAt.get(id)
      if (at === undefined) return
      sentAt.delete(id)
      delays.push(performance.now() - at)
    })
  }
  return {
    sent: (id) => void sentAt.set(id, performance.now()),
    take() {
      const taken = delays
      delays = []
      return taken
    },
  }
}
