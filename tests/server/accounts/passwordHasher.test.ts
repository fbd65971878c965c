import { describe, expect, it } from 'vitest'
import { createPasswordHasher, PASSWORD_COST } from '#server/accounts/passwordHasher.ts'

const cheap = createPasswordHasher({ memoryKiB: 64, passes: 1 })

describe('createPasswordHasher', () => {
  it('[S9] uses argon2id with 19 MiB, two passes and one lane by default', async () => {
    expect(PASSWORD_COST.memoryKiB).toBeGreaterThanOrEqual(19 * 1024)
    const phc = await createPasswordHasher().hash('correct horse')
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  })

  it('knows the password and no other', async () => {
    const phc = await cheap.hash('correct horse')
    expect(await cheap.verify('correct horse', phc)).toBe(true)
    expect(await cheap.verify('correct horsf', phc)).toBe(false)
    expect(await cheap.verify('', phc)).toBe(false)
  })

  it('salts: the same password has another hash each time', async () => {
    expect(await cheap.hash('same')).not.toBe(await cheap.hash('same'))
  })

  it('[S10] cuts nothing off: the 128th character counts, and so does a NUL', async () => {
    const long = 'x'.repeat(127)
    expect(await cheap.verify(`${long}b`, await cheap.hash(`${long}a`))).toBe(false)
    expect(await cheap.verify('before\0b', await cheap.hash('before\0a'))).toBe(false)
  })

  it('verifies what was hashed at another cost', async () => {
    const phc = await createPasswordHasher({ memoryKiB: 128, passes: 2 }).hash('older')
    expect(await cheap.verify('older', phc)).toBe(true)
  })

  it('says no without a hash, whatever the password', async () => {
    expect(await cheap.verify('', null)).toBe(false)
  })

  it('[S12] takes as long without a hash as with one', async () => {
    const hasher = createPasswordHasher()
    const phc = await hasher.hash('correct horse')
    const fastest = async (stored: string | null) => {
      const times: number[] = []
      for (let n = 0; n < 5; n += 1) {
        const startedAt = performance.now()
        await hasher.verify('wrong horse', stored)
        times.push(performance.now() - startedAt)
      }
      return Math.min(...times)
    }
    // Skipping the work would be fifty times faster; a busy machine is not.
    expect(await fastest(null)).toBeGreaterThan((await fastest(phc)) / 2)
  })

  it('is loud about a hash that is none', async () => {
    await expect(cheap.verify('x', 'md5:abc')).rejects.toThrow('PHC')
  })

  it('[S11] refuses the 53rd at once: two run, fifty wait', async () => {
    const results = await Promise.allSettled(Array.from({ length: 53 }, () => cheap.hash('x')))
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'request/rate-limited' }) },
    ])
    expect(await cheap.hash('x')).toContain('$argon2id$')
  })
})
