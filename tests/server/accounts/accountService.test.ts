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
  return { service, work, db, hasher }
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

/** The same password in full-width, and in composed and decomposed letters. */
const FORMS = ['Ｃａｆ\u00E9 12 \u00C5', 'Cafe\u0301 12 A\u030A', 'Caf\u00E9 12 \u212B']

it.each(FORMS)('knows a password set as %j however it is typed', async (password) => {
  const { service } = await createCounted()
  const mobile = '13900000000'
  await service.register({ ...OWNER, mobile, password }, 'a')
  for (const typed of FORMS) {
    expect(await service.login({ mobile, password: typed }, 'a')).toMatchObject({ mobile })
  }
})

it('[TX3] takes a password that was hashed as it was typed, and hashes it again', async () => {
  const { service, db, hasher, work } = await createCounted()
  const [password = '', other = ''] = FORMS
  const password_hash = await hasher.hash(password)
  await db.updateTable('users').set({ password_hash }).execute()
  await expect(service.login({ ...OWNER, password: other }, 'a')).rejects.toMatchObject({
    code: 'auth/wrong-credentials',
  })
  expect(await service.login({ ...OWNER, password }, 'a')).toMatchObject({ mobile: OWNER.mobile })
  work.length = 0
  expect(await service.login({ ...OWNER, password: other }, 'a')).toMatchObject({
    mobile: OWNER.mobile,
  })
  expect(work).toEqual(['verify'])
})

it('[S12] does the same work for an unknown number where a password is typed in full-width', async () => {
  const { service, work } = await createCounted()
  for (const mobile of [OWNER.mobile, '13900000000']) {
    const wrong = service.login({ mobile, password: 'ｗｒｏｎｇ' }, 'a')
    await expect(wrong).rejects.toMatchObject({ code: 'auth/wrong-credentials' })
  }
  expect(work).toEqual(['verify', 'verify', 'verify', 'verify'])
})
