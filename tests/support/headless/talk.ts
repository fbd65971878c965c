import * as v from 'valibot'
import { MessagePage, type CallRecord } from '#shared/protocol/chat.ts'
import { conversationWith } from '../server/friends.ts'
import { until } from '../server/virtualTime.ts'
import type { Person } from './harbour.ts'
import type { Tab } from './tab.ts'

const sending = ({ connections }: Tab): number =>
  connections
    .filter(({ signalingState }) => signalingState !== 'closed')
    .flatMap((one) => one.getSenders())
    .filter(({ track }) => track !== null).length

const isConnected = ({ call }: Tab): boolean =>
  call?.status === 'calling' && call.link === 'connected'

/** Both are in one call, connected, and what each has open goes out to the other. */
export function isTalking(a: Tab, b: Tab): boolean {
  return (
    a.call?.callId === b.call?.callId &&
    [a, b].every((tab) => isConnected(tab) && sending(tab) === tab.media.live.length)
  )
}

/** Dial, answer as soon as it shows, and talk. */
export async function talk(a: Tab, b: Tab): Promise<void> {
  a.dial(b.user)
  await until('it to show at the callee', () => b.call?.status === 'coming')
  b.view.accept({ muted: false })
  await until('both to talk', () => isTalking(a, b))
}

/** When the call that shows here was made, by the server's clock. */
export function comingSince({ call }: Tab): number {
  if (call?.status !== 'coming') throw new Error('nobody calls here')
  return call.invitedAt
}

/** Nothing of a call is left in these tabs: no status, no device, no connection. */
export const isQuiet = (...tabs: readonly Tab[]): boolean =>
  tabs.every(
    ({ call, media, connections }) =>
      call === null &&
      media.live.length === 0 &&
      connections.every(({ signalingState }) => signalingState === 'closed'),
  )

/** What the conversation of these two says of their calls, as this one reads it. */
export async function recordsOf(
  person: Pick<Person, 'browser'>,
  peer: { id: string },
): Promise<CallRecord[]> {
  const conversationId = await conversationWith(person.browser, peer.id)
  await person.browser.recorded()
  const { body } = await person.browser.get(`/api/conversations/${conversationId}/messages`)
  const { messages } = v.parse(MessagePage, body)
  return messages.flatMap((message) => (message.body.kind === 'call' ? [message.body] : []))
}
