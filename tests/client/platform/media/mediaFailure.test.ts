import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { mediaFailure } from '#client/platform/media/mediaFailure.ts'

it.each([
  ['NotAllowedError', 'media/permission-denied'],
  ['SecurityError', 'media/permission-denied'],
  ['NotFoundError', 'media/not-found'],
  ['OverconstrainedError', 'media/not-found'],
  ['NotReadableError', 'media/in-use'],
  ['AbortError', 'media/in-use'],
  ['TypeError', 'media/unsupported'],
  ['SomethingOfTomorrow', 'media/other'],
])('%s is %s', (name, code) => {
  const cause = Object.assign(new Error('in the browser’s words'), { name })
  expect(mediaFailure(cause)).toMatchObject({ code, cause })
})

it.each([undefined, null, 'a text', 7])('what is no error at all (%j) is media/other', (cause) => {
  expect(mediaFailure(cause).code).toBe('media/other')
})

it('a failure that was translated before stays as it is', () => {
  const known = new AppError('media/insecure-origin')
  expect(mediaFailure(known)).toBe(known)
})
