import { describe, expect, it } from 'vitest'
import { calling, createFakeCall, fakeStream } from './fakeCall.ts'
import { showCall } from './showCall.ts'

const big = (): unknown =>
  document.querySelector<HTMLVideoElement>('.picture:not(.small) video')?.srcObject
const small = (): unknown[] =>
  [...document.querySelectorAll<HTMLVideoElement>('.small video')].map(({ srcObject }) => srcObject)

/** The peer shares its screen, and all three other pictures are there. */
async function sharedByPeer() {
  const view = createFakeCall()
  view.localVideo.value = fakeStream()
  view.remoteVideo.value = fakeStream()
  view.remoteScreen.value = fakeStream()
  const screen = await showCall(calling({ kind: 'video' }), { view })
  view.peerScreenOn.value = true
  await screen.settle()
  return { view, screen }
}

describe('sharing the screen', () => {
  it('is a button where the browser can, and says whether it is on', async () => {
    const screen = await showCall(calling())
    await screen.press('共享屏幕')
    expect(screen.view.toggleScreen).toHaveBeenCalledOnce()
    expect(screen.text()).not.toContain('你正在共享屏幕')
    screen.view.localScreen.value = fakeStream()
    await screen.settle()
    expect(screen.get('button', '共享屏幕').getAttribute('aria-pressed')).toBe('true')
    expect(screen.text()).toContain('你正在共享屏幕')
    await screen.press('停止共享')
    expect(screen.view.toggleScreen).toHaveBeenCalledTimes(2)
  })

  it('is not offered where the browser can’t', async () => {
    const view = { ...createFakeCall(), canShareScreen: false }
    const screen = await showCall(calling(), { view })
    expect(screen.has('button', '共享屏幕')).toBe(false)
  })

  it('can be ended from the small window', async () => {
    const screen = await showCall(calling())
    screen.view.localScreen.value = fakeStream()
    screen.view.minimised.value = true
    await screen.settle()
    expect(screen.text()).toContain('你正在共享屏幕')
    await screen.press('停止共享')
    expect(screen.view.toggleScreen).toHaveBeenCalledOnce()
  })

  it('says in a line why it failed', async () => {
    const screen = await showCall(calling(), { locale: 'en' })
    screen.view.lines.value = [{ word: 'screenFailed' }]
    await screen.settle()
    expect(screen.text()).toContain('Couldn’t share the screen')
  })
})

describe('the pictures of a shared screen', () => {
  it('the screen is big and whole, both cameras are small', async () => {
    const { view } = await sharedByPeer()
    expect(big()).toBe(view.remoteScreen.value)
    const video = document.querySelector<HTMLVideoElement>('.picture:not(.small) video')
    expect(video?.style.objectFit).toBe('contain')
    expect(small()).toEqual([view.remoteVideo.value, view.localVideo.value])
  })

  it('a tap on a small one makes it big, and the screen small', async () => {
    const { view, screen } = await sharedByPeer()
    await screen.press('放大对方的画面')
    expect(big()).toBe(view.remoteVideo.value)
    expect(small()).toEqual(expect.arrayContaining([view.remoteScreen.value]))
    await screen.press('放大对方的屏幕')
    expect(big()).toBe(view.remoteScreen.value)
  })

  it('my own is a preview beside the peer, never mirrored', async () => {
    const view = createFakeCall()
    view.remoteVideo.value = fakeStream()
    view.localScreen.value = fakeStream()
    await showCall(calling({ kind: 'video' }), { view })
    expect(big()).toBe(view.remoteVideo.value)
    expect(small()).toEqual([view.localScreen.value])
    expect(document.querySelector('.small video')?.classList.contains('mirrored')).toBe(false)
  })

  it('when it ends, the face is big again, whatever was chosen meanwhile', async () => {
    const { view, screen } = await sharedByPeer()
    await screen.press('放大你的画面')
    expect(big()).toBe(view.localVideo.value)
    view.peerScreenOn.value = false
    await screen.settle()
    expect(big()).toBe(view.remoteVideo.value)
    expect(small()).toEqual([view.localVideo.value])
  })
})
