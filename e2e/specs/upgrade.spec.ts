import { expect, testWithBuilds as test } from '../fixtures/index.ts'
import type { Tab } from '../fixtures/index.ts'

/** The app of this build is kept by this browser and answers for its pages; nothing is on its way. */
async function expectKept({ page }: Tab, version: RegExp): Promise<void> {
  const workers = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      const { installing, waiting, active } = registration ?? {}
      const hasController = navigator.serviceWorker.controller !== null
      const states = [installing, waiting, active].map((worker) => worker?.state ?? null)
      return { states, hasController, newest: (await caches.keys()).at(-1) }
    })
  await expect.poll(workers).toEqual({
    states: [null, null, 'activated'],
    hasController: true,
    newest: expect.stringMatching(version),
  })
}

const FIRST = /^ahoy-[0-9a-f]{16}$/
const buildOf = ({ page }: Tab) => page.locator('body').getAttribute('data-build')

test('a new build is taken at the next load, and kept for when there is no server', async ({
  newFriends,
  ownServer,
  builds,
}) => {
  const [anran] = await newFriends([{ nickname: '安然', keepsApp: true }])
  await expectKept(anran, FIRST)
  await builds.release(2)
  await anran.page.reload()
  await expect(anran.page.getByRole('navigation', { name: '主导航' })).toBeVisible()
  expect(await buildOf(anran)).toBe('2')

  await expectKept(anran, /^ahoy-build-2$/)
  await ownServer.kill()
  await anran.page.reload()
  await expect(anran.page.getByRole('navigation', { name: '主导航' })).toBeVisible()
  expect(await buildOf(anran)).toBe('2')
})

test('[F31] a page of the build before goes on when another tab has taken the new one', async ({
  newFriends,
  builds,
}) => {
  const [anran] = await newFriends([{ nickname: '安然', keepsApp: true }])
  await expectKept(anran, FIRST)
  await anran.page.getByRole('link', { name: '设置' }).click()
  await builds.release(2)
  const other = await anran.openTab()
  expect(await buildOf(other)).toBe('2')
  await expectKept(other, /^ahoy-build-2$/)

  // The other language is fetched when it is chosen; its server has forgotten it, and so has the
  // browser's own cache, on which nobody can count.
  const devtools = await anran.context.newCDPSession(anran.page)
  await devtools.send('Network.clearBrowserCache')
  await anran.page.getByRole('radio', { name: 'English' }).click()
  await expect(anran.page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  expect(await buildOf(anran)).toBeNull()
})

test('of all builds that were, the last two are kept', async ({ newFriends, builds }) => {
  const [anran] = await newFriends([{ nickname: '安然', keepsApp: true }])
  await expectKept(anran, FIRST)
  for (const build of [2, 3]) {
    await builds.release(build)
    await anran.page.reload()
    await expectKept(anran, new RegExp(`^ahoy-build-${build}$`))
  }
  await expect
    .poll(() => anran.page.evaluate(() => caches.keys()))
    .toEqual(['ahoy-build-2', 'ahoy-build-3'])
})

test('a worker that meets the page of another build keeps what it had', async ({
  newFriends,
  ownServer,
  builds,
}) => {
  const [anran] = await newFriends([{ nickname: '安然', keepsApp: true }])
  await expectKept(anran, FIRST)
  await builds.mixUp()
  const failure = anran.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update()
    const { installing } = registration ?? {}
    return new Promise((resolve) => {
      installing?.addEventListener('statechange', () => {
        resolve(installing.state)
      })
    })
  })
  expect(await failure).toBe('redundant')

  await ownServer.kill()
  await anran.page.reload()
  await expect(anran.page.getByRole('navigation', { name: '主导航' })).toBeVisible()
  expect(await buildOf(anran)).toBeNull()
})
