import { expect, it, onTestFinished } from 'vitest'
import { createAccountService } from '#server/accounts/accountService.ts'
import { createLoginThrottle } from '#server/accounts/loginThrottle.ts'
import { createPasswordHasher, type PasswordHasher } from '#server/accounts/passwordHasher.ts'
import { openDatabase } from '#server/platform/database/database.ts'
import { createLimits } from '#server/platform/limits/limits.ts'
import { createTempDir } from '../../support/server/testApp.ts'

const OWNER = { mobile: '13912345678', password: 'correct horse', nickname: '主人' }

/** The service over a real hasher whose work is counted. */
async function createCounted() {
  const db = await openDatabase(await createTempDir())
  onTestFinished(() => db.destroy())
  const real = createPasswordHasher({ memoryKiB: 64, passes: 1 })
  const work: (keyof PasswordHasher)[] = []
  const hasher: PasswordHasher = {
    hash(password) {
      work.push('hash')
      return real.hash(password)
    },
    verify(password, phc) {
      work.push('verify')
      return real.verify(password, phc)
    },
  }
  const limits = createLimits({
    registrationsPerHour: 10,
    wrongPasswordsPerAddress: 20,
    messagesPerWindow: 30,
    callsPerMinute: 1,
  })
  const throttle = createLoginThrottle(limits.wrongPasswords)
  const { registrations } = limits
  const service = createAccountService({ db, now: () => 1, hasher, throttle, registrations })
  await service.register(OWNER, 'a')
  work.length = 0
  return { service, work }
}

it('[S12] does the same work for an unknown number as for a wrong password', async () => {
  const { service, work } = await createCounted()
  const wrong = service.login({ ...OWNER, password: 'wrong horse' }, 'a')
  await expect(wrong).rejects.toMatchObject({ code: 'auth/wrong-credentials' })
  const unknown = service.login({ ...OWNER, mobile: '13900000000' }, 'a')
  await expect(unknown).rejects.toMatchObject({ code: 'auth/wrong-credentials' })
  expect(work).toEqual(['verify', 'verify'])
})

it('[S12] does the same work for a taken number as for a free one', async () => {
  const { service, work } = await createCounted()
  await expect(service.register(OWNER, 'a')).rejects.toMatchObject({ code: 'auth/mobile-taken' })
  await service.register({ ...OWNER, mobile: '13900000000' }, 'a')
  expect(work).toEqual(['hash', 'hash'])
})
