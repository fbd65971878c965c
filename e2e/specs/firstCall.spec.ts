import { expect, test } from '../fixtures/index.ts'
import { expectSound, ring } from '../fixtures/talk.ts'
import type { Tab } from '../fixtures/index.ts'

test.use({ chromium: 'full' })

/** Runs in the page: names in the place of addresses lead nowhere, as where multicast is blocked. */
function forgetNames(): void {
  const isName = (line: string): boolean => / \S+\.local /.test(line)
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      if (!isName(candidate?.candidate ?? '')) await super.addIceCandidate(candidate)
    }

    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const lines = description.sdp?.split('\r\n').filter((line) => !isName(line)) ?? []
      await super.setRemoteDescription({ ...description, sdp: lines.join('\r\n') })
    }
  }
}

/** Somebody who has never allowed a device, and whose page has a clock that a test can stop. */
async function beNew({ page, media }: Tab): Promise<void> {
  await page.clock.install()
  await page.reload()
  await page.evaluate(forgetNames)
  await media.holdPrompts()
}

test('two who call for the first time are connected by the first permission, not by a clock', async ({
  newFriends,
  server,
}) => {
  const [anran, bailu] = await newFriends([
    { nickname: '安然', permissions: [] },
    { nickname: '白露', permissions: [] },
  ])
  const both = [anran, bailu]
  for (const one of both) await beNew(one)
  await ring(anran, bailu, 'audio')
  // What waits for a time waits for good.
  for (const { page } of both) await page.clock.pauseAt(Date.now() + 10_000)
  await bailu.call.answer()
  for (const { call, media } of both) {
    await expect(call.button('挂断')).toBeVisible()
    expect(await media.connectionStates()).not.toContain('connected')
    expect(await media.connectionsMade()).toBe(1)
  }

  await bailu.context.grantPermissions(['microphone'], { origin: server.url })
  await bailu.media.releasePrompts()
  await expectSound(anran)
  await anran.context.grantPermissions(['microphone'], { origin: server.url })
  await anran.media.releasePrompts()
  await expectSound(bailu)
  for (const { page, media } of both) {
    expect(await media.connectionsMade()).toBe(2)
    await page.clock.resume()
  }
})
