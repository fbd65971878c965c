import { expect, it } from 'vitest'
import { EDIT_WINDOW_MS, RECALL_WINDOW_MS } from '#shared/limits.ts'
import { actionsOf } from '#client/chat/menu/messageActions.ts'
import { shownOf } from '#client/chat/timeline/shown.ts'
import { ME, message, record, uuid } from '../../../support/client/people.ts'

const NONE = { peerReceivedSeq: 0, peerReadSeq: 0 }
const AT = message(1).createdAt

function actions(part: Parameters<typeof message>[1], ageMs = 0, manages = false) {
  const messages = [message(1, part)]
  const [shown] = shownOf({ messages, waiting: [], me: ME.id, receipt: NONE })
  return shown === undefined
    ? []
    : actionsOf(shown, { me: ME.id, decides: () => manages, seesReaders: manages }, AT + ageMs)
}

const mine = { senderId: ME.id }

it.each([
  ['my own text', mine, 0, ['reply', 'copy', 'forward', 'edit', 'recall', 'select', 'delete']],
  [
    'my own after two minutes',
    mine,
    RECALL_WINDOW_MS,
    ['reply', 'copy', 'forward', 'edit', 'select', 'delete'],
  ],
  ['my own after a day', mine, EDIT_WINDOW_MS, ['reply', 'copy', 'forward', 'select', 'delete']],
  ["somebody else's", {}, 0, ['reply', 'copy', 'forward', 'select', 'delete']],
  ['a call', { ...mine, body: record() }, 0, ['reply', 'report', 'select', 'delete']],
  [
    'a call that nobody answered',
    { ...mine, body: record({ outcome: 'unanswered', durationMs: 0 }) },
    0,
    ['reply', 'select', 'delete'],
  ],
  ['what was recalled', { body: { kind: 'recalled', byId: ME.id } }, 0, ['select', 'delete']],
  ['what I have deleted', { body: { kind: 'deleted' } }, 0, []],
] as const)('[CH8] of %s', (_, part, ageMs, expected) => {
  expect(actions(part, ageMs)).toEqual(expected)
})

it.each([
  ['what somebody says', {}, 0, ['reply', 'copy', 'forward', 'recall', 'select', 'delete']],
  [
    'what they said long ago',
    {},
    EDIT_WINDOW_MS,
    ['reply', 'copy', 'forward', 'recall', 'select', 'delete'],
  ],
  [
    'what I said long ago',
    mine,
    EDIT_WINDOW_MS,
    ['reply', 'copy', 'forward', 'readers', 'recall', 'select', 'delete'],
  ],
  ['a call', { body: record() }, 0, ['reply', 'report', 'select', 'delete']],
] as const)('[CH8] of %s, where I look after the group', (_, part, ageMs, expected) => {
  expect(actions(part, ageMs, true)).toEqual(expected)
})

it.each([
  ['waits', null, ['copy']],
  ['was refused', 'request/forbidden', ['copy', 'discard']],
] as const)('what can be done with a message that %s', (_, failure, expected) => {
  const item = {
    ...{ id: uuid(7), conversationId: uuid(102), text: '好', createdAt: AT, order: 1 },
    failure,
  }
  const [shown] = shownOf({ messages: [], waiting: [item], me: ME.id, receipt: NONE })
  const viewer = { me: ME.id, decides: () => false, seesReaders: false }
  expect(shown && actionsOf(shown, viewer, AT)).toEqual(expected)
})
