import type { ConversationView } from '#shared/protocol/chat.ts'
import { Device } from './syncDevice.ts'
import { ID, ME, PEER, SyncServer } from './syncServer.ts'

/** Everything that may happen; which of the devices or deliveries is meant is taken modulo. */
export type SyncStep =
  | { act: 'write'; from: 'me' | 'peer' }
  | { act: 'read'; upTo: number }
  | { act: 'recall' | 'edit'; seq: number }
  | { act: 'receipt' }
  | { act: 'rename' | 'leave' | 'comeBack' }
  | { act: 'push' | 'double' | 'answer' | 'cut'; which: number }
  | { act: 'ask' | 'restart' | 'tell'; which: number }
  | { act: 'see'; which: number; upTo: number }
  | { act: 'prune' }

export interface Synced {
  readonly server: ConversationView | undefined
  readonly devices: readonly (ConversationView | undefined)[]
  readonly heads: readonly (number | null)[]
  readonly head: number
}

/** Run a schedule over several devices of one user, then let the network be good and all of them ask. */
export async function runSync(
  steps: readonly SyncStep[],
  { count, isGroup }: { count: number; isGroup: boolean },
): Promise<Synced> {
  const server = new SyncServer(isGroup)
  const devices = Array.from({ length: count }, () => new Device(server))
  for (const step of steps) {
    take(step, server, devices)
    await Promise.resolve()
  }
  for (const device of devices) device.tell()
  for (const device of devices) {
    device.ask()
    await device.settle()
    device.ask()
    await device.settle()
  }
  const isEmpty = server.view.lastSeq === 0
  return {
    server: isEmpty ? undefined : server.view,
    devices: devices.map(({ views }) => (isEmpty ? undefined : views.get(ID))),
    heads: devices.map(({ pos }) => pos),
    head: server.feed.length,
  }
}

function take(step: SyncStep, server: SyncServer, devices: readonly Device[]): void {
  if ('which' in step) toDevice(step, server, devices)
  else if (step.act === 'write') server.write(step.from === 'me' ? ME : PEER.id)
  else if (step.act === 'read') server.read(step.upTo)
  else if (step.act === 'receipt') server.receipt()
  else if (step.act === 'prune') server.prune()
  else if ('seq' in step) server.change(step.seq, step.act === 'recall')
  else inGroup(step.act, server)
}

function inGroup(act: 'rename' | 'leave' | 'comeBack', server: SyncServer): void {
  if (act === 'rename') server.rename()
  else if (act === 'leave') server.letGo('gone')
  else server.comeBack()
}

function toDevice(
  step: Extract<SyncStep, { which: number }>,
  { feed }: SyncServer,
  devices: readonly Device[],
): void {
  const { act, which } = step
  const device = devices[which % devices.length]
  if (device === undefined) return
  if (step.act === 'see') device.see(step.upTo)
  if (act === 'tell') device.tell()
  if (act === 'ask') device.ask()
  if (act === 'restart') device.restart()
  if (act === 'answer' || act === 'cut') device.answer(which, act === 'cut')
  if (act === 'push') hear(device, feed.at(-1))
  // Any entry that there is may be on its way to anybody, late, early or again.
  if (act === 'double') hear(device, feed[(which * 7) % Math.max(1, feed.length)])
}

function hear(device: Device, item: SyncServer['feed'][number] | undefined): void {
  if (item !== undefined) device.hear(item)
}
