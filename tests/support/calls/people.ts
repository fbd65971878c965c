import type { UserView } from '#shared/protocol/accounts.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0')

/** A UUID that is the same in every run. */
export const uuid = (number: number): string =>
  `${hex(number, 8)}-0000-4000-8000-${hex(number, 12)}`

/** A call's id: UUIDv7, as a client mints it. */
export const aCallId = (number = 1): string => `01890000-0000-7000-8000-${hex(number, 12)}`

const person = (number: number, nickname: string) => ({
  view: { id: uuid(number), nickname } satisfies UserView,
  /** The nth tab, each on a device of its own. */
  leg: (nth = 1): UserLeg => ({
    userId: uuid(number),
    legId: uuid(number * 0x100 + nth),
    deviceId: uuid(number * 0x10000 + nth),
  }),
})

export const alice = person(0xa, '安然')
export const bob = person(0xb, '白露')
export const carol = person(0xc, '陈晨')
export const dave = person(0xd, '丁宁')

export const legRef = ({ legId, deviceId }: UserLeg): { legId: string; deviceId: string } => ({
  legId,
  deviceId,
})
