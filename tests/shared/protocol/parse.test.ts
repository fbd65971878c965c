import { describe, expect, it } from 'vitest'
import { parseReceived, parseReply, parseRequest } from '#shared/protocol/parse.ts'
import { aCallId, uuid } from '../../support/calls/people.ts'

const callId = aCallId()

/** The error that a frame is answered with. */
function problemOf(text: string) {
  const { id, request } = parseRequest(text)
  if (request.ok) throw new Error('the frame was taken')
  const { code, field } = request.error
  return { id, code, field }
}

const malformed = (id: number | null, field?: string) => ({
  id,
  code: 'protocol/malformed',
  field,
})

const cancel = (parts: object = {}) =>
  JSON.stringify({ id: 7, type: 'call.cancel', body: { callId }, ...parts })
const ping = (received: string) => `{"id":7,"type":"ping","body":{"received":${received}}}`

describe('parseRequest', () => {
  it('takes a frame that fits, with its number', () => {
    expect(parseRequest(cancel())).toEqual({
      id: 7,
      request: { ok: true, value: { type: 'call.cancel', body: { callId } } },
    })
  })

  it('takes a frame without a number: nobody waits for the answer', () => {
    expect(parseRequest('{"type":"bye","body":{}}')).toEqual({
      id: null,
      request: { ok: true, value: { type: 'bye', body: {} } },
    })
  })

  it.each(['', 'hello', '{', '{"id":1', "{'id':1}", 'NaN', '\0', '\ud800', 'undefined'])(
    '[S23] [ER1] answers %j, which is not JSON, as malformed',
    (text) => {
      expect(problemOf(text)).toEqual(malformed(null))
    },
  )

  it.each(['null', '1', '"text"', 'true', '[]', '[[]]', '{}', '{"body":{}}'])(
    '[S23] [ER1] answers %s, which is no envelope, as malformed',
    (text) => {
      expect(problemOf(text)).toMatchObject({ id: null, code: 'protocol/malformed' })
    },
  )

  it('[S23] survives a depth of ten thousand', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000)
    expect(problemOf(`{"id":7,"type":"call.cancel","body":${deep}}`)).toEqual(
      malformed(7, 'body.callId'),
    )
    expect(problemOf(deep)).toMatchObject({ id: null })
  })

  it('[S23] survives an array of a hundred thousand where an id belongs', () => {
    const body = { callId: Array.from({ length: 100_000 }, () => 0) }
    expect(problemOf(cancel({ body }))).toEqual(malformed(7, 'body.callId'))
  })

  it('[S23] takes the last of two equal keys, as JSON does', () => {
    const other = aCallId(2)
    const text = `{"id":7,"type":"call.cancel","body":{"callId":"${callId}","callId":"${other}"}}`
    expect(parseRequest(text).request).toMatchObject({
      ok: true,
      value: { body: { callId: other } },
    })
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    '[S21] [S23] drops the key %s and changes no prototype',
    (key) => {
      const text = `{"id":7,"type":"call.cancel","body":{"callId":"${callId}","${key}":{"evil":1}}}`
      expect(parseRequest(text).request).toEqual({
        ok: true,
        value: { type: 'call.cancel', body: { callId } },
      })
      expect(({} as { evil?: number }).evil).toBeUndefined()
    },
  )

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'call.dance', ''])(
    '[S23] [ER2] knows no frame of the type %j',
    (type) => {
      expect(problemOf(cancel({ type }))).toEqual({
        id: 7,
        code: 'protocol/unknown-type',
        field: 'type',
      })
    },
  )

  it('[S15] [S21] drops every field that the protocol does not have', () => {
    const body = { callId, from: uuid(1), sender: uuid(1), at: 1, seq: 9 }
    expect(parseRequest(cancel({ body, userId: uuid(1) })).request).toEqual({
      ok: true,
      value: { type: 'call.cancel', body: { callId } },
    })
  })

  it.each(['0', '-1', '1.5', '1e400', '-1e400', '9007199254740993', '"1"', 'null', 'true', '[1]'])(
    '[S23] takes no %s as the number of a frame',
    (number) => {
      const text = `{"id":${number},"type":"ping","body":{"received":0}}`
      expect(problemOf(text)).toEqual(malformed(null, 'id'))
    },
  )

  it.each(['-1', '0.5', '1e400', '-1e400', '9007199254740993', '"0"', 'null', '{}'])(
    '[S23] [ER1] names the field in which %s does not fit',
    (number) => {
      expect(problemOf(ping(number))).toEqual(malformed(7, 'body.received'))
    },
  )

  it('[S23] takes minus nought for nought', () => {
    expect(parseRequest(ping('-0')).request.ok).toBe(true)
  })

  it.each([
    ['no UUID', 'call-1'],
    ['another version than 7', uuid(1)],
    ['upper case', aCallId(0xa).toUpperCase()],
    ['a line break behind it', `${callId}\n`],
    ['ten megabytes', 'a'.repeat(10_000_000)],
  ])('[CA2] [S23] takes no call id that is %s', (_what, id) => {
    expect(problemOf(cancel({ body: { callId: id } }))).toEqual(malformed(7, 'body.callId'))
  })

  it('[ER1] keeps the name of a field short, however deep it is', () => {
    const long = 'x'.repeat(100_000)
    const { field } = problemOf(`{"id":7,"type":"call.invite","body":{"${long}":1}}`)
    expect(field?.length).toBeLessThanOrEqual(200)
  })
})

describe('the text of a decline', () => {
  const reject = (text: string) =>
    JSON.stringify({ id: 7, type: 'call.reject', body: { callId, text } })

  it.each(['晚点打给你', '👨‍👩‍👧', 'x'.repeat(200), '<b>no</b>', '‮no'])('[CA6] takes %j', (text) => {
    expect(parseRequest(reject(text)).request).toMatchObject({ value: { body: { text } } })
  })

  it('[CA6] trims it', () => {
    expect(parseRequest(reject('  later ')).request).toMatchObject({
      value: { body: { text: 'later' } },
    })
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['201 characters', 'x'.repeat(201)],
    ['a NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800'],
  ])('[CA6] [S23] refuses %s', (_what, text) => {
    expect(problemOf(reject(text))).toEqual(malformed(7, 'body.text'))
  })
})

describe('parseReceived', () => {
  it('takes a reply, whose body the request knows', () => {
    const text = '{"replyTo":7,"ok":true,"body":{"sent":3}}'
    expect(parseReceived(text)).toEqual({
      ok: true,
      value: { kind: 'reply', replyTo: 7, result: { ok: true, value: { sent: 3 } } },
    })
    expect(parseReply('ping', { sent: 3, serverNow: 5 })).toEqual({
      ok: true,
      value: { sent: 3, serverNow: 5 },
    })
  })

  it('[ER1] takes a typed error with its field and its time', () => {
    const error = { code: 'request/rate-limited', field: 'body', retryAfterMs: 20 }
    const received = parseReceived(JSON.stringify({ replyTo: null, ok: false, error }))
    expect(received).toMatchObject({
      ok: true,
      value: { kind: 'reply', replyTo: null, result: { ok: false, error } },
    })
  })

  it('takes a push with its number, and one without', () => {
    const push = { type: 'call.taken', body: { callId } }
    expect(parseReceived(JSON.stringify({ n: 3, ...push }))).toEqual({
      ok: true,
      value: { kind: 'push', n: 3, push },
    })
    expect(parseReceived(JSON.stringify(push))).toMatchObject({ value: { n: null } })
  })

  it.each([
    ['an error that nobody knows', '{"replyTo":7,"ok":false,"error":{"code":"a/b"}}'],
    ['a push that nobody knows', '{"type":"call.dance","body":{}}'],
    ['a push whose body does not fit', '{"type":"call.taken","body":{}}'],
    ['a push with the type of a prototype', '{"type":"constructor","body":{}}'],
    ['no object', '[]'],
    ['no JSON', '{'],
  ])('[S23] refuses %s, and never throws', (_what, text) => {
    expect(parseReceived(text).ok).toBe(false)
  })

  it('names the field of a reply that does not fit', () => {
    expect(parseReply('ping', { sent: 'three' })).toMatchObject({
      ok: false,
      error: { code: 'protocol/malformed', field: 'body.sent' },
    })
  })
})
