import type { Request } from '#shared/protocol/envelope.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { LegConnection } from '#server/platform/gateway/handlers.ts'
import type { Chance } from './chance.ts'
import { createDisk, type Opened } from './disk.ts'
import { createServerLife, type Answer, type ServerLife } from './serverLife.ts'
import type { VirtualClock } from './virtualClock.ts'

/** One socket, as both of its ends see it. */
export interface Wire extends LegConnection {
  isOpen: boolean
}

/** The server, which may die and live again on the same disk. */
export interface Arbiter extends Pick<ServerLife, 'service' | 'legs'> {
  /** Names this life of the server: numbers of frames mean nothing in another one. */
  readonly epoch: number
  readonly isUp: boolean
  /** Every call that was ever opened, with each record that was written of it. */
  readonly opened: ReadonlyMap<string, Opened>
  attach(leg: UserLeg, wire: Wire, received: number): void
  lose(leg: UserLeg, wire: Wire, unloading: boolean): void
  receive(by: UserLeg, request: Request, answer: (answer: Answer) => void): void
  /** As by `kill -9`: what is not on the disk is lost, and every socket with it. */
  kill(): void
  /** The next life takes over what it finds [CA14]. */
  start(): void
}

export function createArbiter(clock: VirtualClock, chance: Chance): Arbiter {
  const disk = createDisk(chance)
  let life = createServerLife(clock, chance, disk)
  let wires = new Set<Wire>()
  let epoch = 1
  let isUp = true

  return {
    get service() {
      return life.service
    },
    get legs() {
      return life.legs
    },
    get epoch() {
      return epoch
    },
    get isUp() {
      return isUp
    },
    opened: disk.opened,
    attach(leg, wire, received) {
      wires.add(wire)
      life.attach(leg, wire, received)
    },
    lose(leg, wire, unloading) {
      wire.isOpen = false
      // A socket of an earlier life means nothing to this one.
      if (wires.delete(wire)) life.lose(leg, wire, unloading)
    },
    receive(by, request, answer) {
      life.receive(by, request, answer)
    },
    kill() {
      isUp = false
      life.end()
      disk.crash()
      for (const wire of wires) wire.isOpen = false
      wires = new Set()
    },
    start() {
      isUp = true
      epoch += 1
      life = createServerLife(clock, chance, disk)
      life.service.restore(disk.left())
    },
  }
}
