import type { AhoyLine } from './sides/ahoy.ts'

/** How long messages take from the one who writes them to the one who gets them. */
export interface Deliveries {
  /** This message is sent now. */
  sent: (id: string) => void
  /** Of all that came since this was asked before, ms; what comes later was sent later. */
  take: () => number[]
  /** How many that are. */
  readonly count: number
}

const MESSAGE_ID = /"type":"feed\.item".*?"message":\{"id":"([0-9a-f-]{36})"/

/** @param receivers whoever hears of a message counts */
export function watchDeliveries(receivers: readonly AhoyLine[]): Deliveries {
  const sentAt = new Map<string, number>()
  let delays: number[] = []
  for (const { socket } of receivers) {
    socket.on('message', (frame: Buffer) => {
      const at = sentAt.get(MESSAGE_ID.exec(frame.toString('latin1'))?.[1] ?? '')
      if (at !== undefined) delays.push(performance.now() - at)
    })
  }
  return {
    get count() {
      return delays.length
    },
    sent: (id) => void sentAt.set(id, performance.now()),
    take() {
      const taken = delays
      delays = []
      sentAt.clear()
      return taken
    },
  }
}
