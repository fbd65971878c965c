import { describe, expect, it } from 'vitest'
import { createResumeSecrets } from '#client/calls/session/resumeSecrets.ts'

describe('[CA12] the resume secrets of a call', () => {
  it('are one a call, the same when asked again', () => {
    const resumeSecrets = createResumeSecrets()
    const secret = resumeSecrets.take('a')
    expect(resumeSecrets.take('a')).toBe(secret)
    expect(resumeSecrets.secrets('b')).toEqual([])
    expect(resumeSecrets.take('b')).not.toBe(secret)
  })

  it('show the one before until the next is known to count', () => {
    const resumeSecrets = createResumeSecrets()
    const first = resumeSecrets.take('a')
    const { secrets, next } = resumeSecrets.renew('a')
    expect(secrets).toEqual([first])
    expect(resumeSecrets.secrets('a')).toEqual([first, next])
    resumeSecrets.confirm('a', next)
    expect(resumeSecrets.secrets('a')).toEqual([next])
  })

  it('say the same next one again when nobody knows whether it arrived', () => {
    const resumeSecrets = createResumeSecrets()
    const first = resumeSecrets.take('a')
    const { next } = resumeSecrets.renew('a')
    expect(resumeSecrets.renew('a')).toEqual({ secrets: [first, next], next })
  })

  it('are kept before they go out', () => {
    const resumeSecrets = createResumeSecrets()
    const kept: (readonly string[])[] = []
    resumeSecrets.onChange(() => kept.push(resumeSecrets.secrets('a')))
    const first = resumeSecrets.take('a')
    const { next } = resumeSecrets.renew('a')
    expect(kept).toEqual([[first], [first, next]])
  })

  it('go on in the page after a reload', () => {
    const resumeSecrets = createResumeSecrets()
    resumeSecrets.restore('a', ['one', 'two'])
    expect(resumeSecrets.renew('a')).toEqual({ secrets: ['one', 'two'], next: 'two' })
  })

  it('[CA8] go along when the invite was merged into another call', () => {
    const resumeSecrets = createResumeSecrets()
    const first = resumeSecrets.take('a')
    resumeSecrets.move('a', 'b')
    expect([resumeSecrets.secrets('a'), resumeSecrets.secrets('b')]).toEqual([[], [first]])
    resumeSecrets.move('a', 'c')
    expect(resumeSecrets.secrets('b')).toEqual([first])
  })

  it('take nothing over from another call', () => {
    const resumeSecrets = createResumeSecrets()
    resumeSecrets.take('a')
    resumeSecrets.confirm('b', 'none of mine')
    expect(resumeSecrets.secrets('b')).toEqual([])
  })
})
