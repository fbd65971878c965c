import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, openPageWith } from './chromiumPage.ts'
import { peerConnectionContract } from './peerConnection/contract.ts'
import type { PeerConnectionRule } from './peerConnection/rule.ts'

declare global {
  var contract: { peerConnectionContract: readonly PeerConnectionRule[] }
}

/** Runs in the page: one rule on the browser's own connections; the failure as a text. */
async function holdsInPage(index: number): Promise<string> {
  const voice = new AudioContext().createMediaStreamDestination()
  try {
    await globalThis.contract.peerConnectionContract[index]?.holds({
      // As createPeerConnection makes them.
      create: () => new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' }),
      audioTrack: () => {
        const [track] = voice.stream.getAudioTracks()
        if (track === undefined) throw new Error('no track')
        return track
      },
    })
    return 'holds'
  } catch (error) {
    return String(error)
  }
}

describe("Chromium's RTCPeerConnection", () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchChromium()
    page = await openPageWith(browser, './peerConnection/contract.ts', 'contract')
  })
  afterAll(() => browser.close())

  it.each(peerConnectionContract.map(({ title }, index) => ({ title, index })))(
    '$title',
    async ({ index }) => {
      expect(await page.evaluate(holdsInPage, index)).toBe('holds')
    },
  )
})
