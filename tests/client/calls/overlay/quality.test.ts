import { describe, expect, it } from 'vitest'
import { calling, createFakeCall, fakeStream } from './fakeCall.ts'
import { showCall } from './showCall.ts'

describe('the quality of a call on screen', () => {
  it('is bars for both sides, with words for who can’t see them', async () => {
    const screen = await showCall(calling(), { locale: 'en' })
    expect(screen.has('img', 'Your network: very good')).toBe(false)
    screen.view.bars.value = { mine: 4, theirs: 1 }
    await screen.settle()
    expect(screen.has('img', 'Your network: very good')).toBe(true)
    expect(screen.has('img', 'Their network: very weak')).toBe(true)
  })

  it('is a sentence with what to do, when it matters', async () => {
    const screen = await showCall(calling())
    screen.view.trouble.value = 'mine'
    await screen.settle()
    expect(screen.text()).toContain('你的网络不稳定，请靠近路由器或换一个网络。')
    screen.view.trouble.value = null
    await screen.settle()
    expect(screen.text()).not.toContain('网络不稳定')
  })

  it('says that my picture makes room for my voice, and what the system holds', async () => {
    const screen = await showCall(calling())
    screen.view.cameraPaused.value = true
    screen.view.silenced.value = ['microphone']
    await screen.settle()
    expect(screen.text()).toContain('已暂停你的画面以保证声音')
    expect(screen.text()).toContain('系统暂停了你的麦克风')
  })

  it('shows the face instead of a picture that the peer has paused', async () => {
    const view = createFakeCall()
    view.remoteVideo.value = fakeStream()
    const screen = await showCall(calling({ kind: 'video' }), { view })
    expect(document.querySelectorAll('video')).toHaveLength(1)
    view.peerCameraPaused.value = true
    await screen.settle()
    expect(document.querySelectorAll('video')).toHaveLength(0)
    expect(screen.text()).toContain('对方网络较慢，画面已暂停。')
  })
})
