import { describe, expect, it } from 'vitest'
import { MAILBOX_MAX_BYTES, MAILBOX_MAX_FRAMES } from '#shared/limits.ts'
import { createMailbox, type Mailbox } from '#server/calls/mailbox.ts'

const addMany = (mailbox: Mailbox, count: number) =>
  Array.from({ length: count }, () => mailbox.add(String).toString())

const textsOf = ({ kept }: Mailbox) => kept.map(String)

describe('createMailbox', () => {
  it('gives each frame the next number, from 1', () => {
    const mailbox = createMailbox()
    expect(addMany(mailbox, 3)).toEqual(['1', '2', '3'])
    expect(mailbox.last).toBe(3)
  })

  it('keeps what was not handled, oldest first', () => {
    const mailbox = createMailbox()
    addMany(mailbox, 3)
    expect(textsOf(mailbox)).toEqual(['1', '2', '3'])
    mailbox.forgetUpTo(2)
    expect(textsOf(mailbox)).toEqual(['3'])
  })

  it('takes an acknowledgement twice, and one that is older than the last', () => {
    const mailbox = createMailbox()
    addMany(mailbox, 3)
    mailbox.forgetUpTo(2)
    mailbox.forgetUpTo(2)
    mailbox.forgetUpTo(0)
    expect(textsOf(mailbox)).toEqual(['3'])
  })

  it('[CA11] keeps 200 frames, and the newest when there are more', () => {
    const mailbox = createMailbox()
    addMany(mailbox, MAILBOX_MAX_FRAMES)
    expect(mailbox.kept).toHaveLength(200)
    mailbox.add(String)
    expect(mailbox.kept).toHaveLength(200)
    expect(textsOf(mailbox)[0]).toBe('2')
    expect(textsOf(mailbox).at(-1)).toBe('201')
  })

  it('[CA11] keeps 256 KiB, and drops the oldest of more', () => {
    const mailbox = createMailbox()
    const quarter = 'x'.repeat(MAILBOX_MAX_BYTES / 4)
    for (let n = 1; n <= 4; n += 1) mailbox.add(() => quarter)
    expect(mailbox.kept).toHaveLength(4)
    mailbox.add(() => 'y')
    expect(mailbox.kept).toHaveLength(4)
    expect(textsOf(mailbox).at(-1)).toBe('y')
  })

  it('[CA11] counts bytes, not characters', () => {
    const mailbox = createMailbox()
    // Three bytes a character in UTF-8.
    const third = '船'.repeat(MAILBOX_MAX_BYTES / 9)
    for (let n = 1; n <= 4; n += 1) mailbox.add(() => third)
    expect(mailbox.kept).toHaveLength(3)
    mailbox.forgetUpTo(4)
    for (let n = 1; n <= 3; n += 1) mailbox.add(() => third)
    expect(mailbox.kept).toHaveLength(3)
  })

  it('[CA11] counts what was handled no more', () => {
    const mailbox = createMailbox()
    const half = 'x'.repeat(MAILBOX_MAX_BYTES / 2)
    mailbox.add(() => half)
    mailbox.forgetUpTo(1)
    mailbox.add(() => half)
    mailbox.add(() => half)
    expect(mailbox.kept).toHaveLength(2)
  })

  it('goes on after the number that the leg has reached', () => {
    const mailbox = createMailbox()
    mailbox.continueFrom(41)
    expect(String(mailbox.add(String))).toBe('42')
  })

  it('never counts backwards', () => {
    const mailbox = createMailbox()
    addMany(mailbox, 5)
    mailbox.continueFrom(2)
    expect(String(mailbox.add(String))).toBe('6')
  })
})
