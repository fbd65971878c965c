import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { AppError, ERROR_CODES, ERROR_REASONS, WireError } from '#shared/errors.ts'

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe('docs/errors.md', () => {
  it('[ER3] names every failure that there is, in its order, and no other', () => {
    expect(rows.map(([, code]) => code?.replaceAll('`', ''))).toEqual([...ERROR_CODES])
  })

  it.each(rows.map(([, code, meaning, remedy]) => ({ code, meaning, remedy })))(
    '[ER3] says of $code what it means and what to do',
    ({ meaning, remedy }) => {
      expect(meaning).toMatch(/^[A-Z].{10,}\.$/)
      expect(remedy).toMatch(/^[A-Z].{5,}\.$/)
    },
  )

  it('[ER3] has a heading for each family', () => {
    const headings = [...page.matchAll(/^## (\w+):/gm)].map(([, family]) => family)
    expect(headings).toEqual(Object.keys(ERROR_REASONS))
  })
})

describe('AppError', () => {
  it.each([...ERROR_CODES])('[ER1] survives the wire as %s', (code) => {
    const wire = new AppError(code, { field: 'body.sdp', retryAfterMs: 5 }).toWire()
    const back = AppError.fromWire(v.parse(WireError, JSON.parse(JSON.stringify(wire))))
    expect(back).toMatchObject({ code, field: 'body.sdp', retryAfterMs: 5 })
  })

  it('[ER1] says on the wire nothing but its code where there is no more to say', () => {
    const error = new AppError('request/server', { cause: new Error('secret') })
    expect(error.toWire()).toEqual({ code: 'request/server' })
    expect(JSON.stringify(error.toWire())).not.toContain('secret')
  })

  it('tells a reader of the log where it does not fit', () => {
    const error = new AppError('protocol/malformed', { field: 'body.text' })
    expect(error.message).toBe('protocol/malformed (body.text)')
    expect(error).toBeInstanceOf(Error)
  })
})
