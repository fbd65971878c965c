import { describe, expect, it, vi } from 'vitest'
import { calling, createFakeCall, fakeStream, waiting } from './fakeCall.ts'
import { showCall } from './showCall.ts'

describe('talking', () => {
  it('shows the time by the shared clock', async () => {
    const screen = await showCall(calling())
    screen.view.talked.value = 3_723_000
    await screen.settle()
    expect(screen.get('timer', '通话时长').textContent).toBe('1:02:03')
  })

  it('says that it connects, and when it has to connect again', async () => {
    const screen = await showCall(calling({ link: 'connecting' }))
    expect(screen.text()).toContain('正在连接…')
    expect(screen.has('timer', '通话时长')).toBe(false)
    screen.view.call.value = calling({ link: 'reconnecting' })
    await screen.settle()
    expect(screen.text()).toContain('正在重新连接…')
    expect(screen.has('timer', '通话时长')).toBe(true)
  })

  it('says what the peer has switched off, or that it is away', async () => {
    const screen = await showCall(calling({ kind: 'video' }))
    screen.view.peerMicrophoneOn.value = false
    screen.view.peerCameraOn.value = false
    await screen.settle()
    expect(screen.text()).toContain('对方已静音')
    expect(screen.text()).toContain('对方已关闭摄像头')
    screen.view.call.value = calling({ kind: 'video', peerAbsence: 'away' })
    await screen.settle()
    expect(screen.text()).toContain('对方网络中断')
  })

  it('[CA10] says that the peer has left the page, not that it is being reconnected', async () => {
    const left = { peerAbsence: 'left', link: 'reconnecting' } as const
    for (const kind of ['audio', 'video'] as const) {
      const screen = await showCall(calling({ kind, ...left }))
      expect(screen.text()).toContain('对方离开了页面，正在等待返回')
      expect(screen.text()).not.toContain('正在重新连接')
    }
  })

  it('[CA18] says what the browser of the peer asks for, instead of that it is off', async () => {
    const screen = await showCall(calling({ kind: 'video' }))
    screen.view.peerMicrophoneOn.value = false
    screen.view.peerCameraOn.value = false
    screen.view.peerWaits.value = { microphone: 'permission', camera: 'device' }
    await screen.settle()
    expect(screen.text()).toContain('对方的浏览器正在询问是否允许使用麦克风')
    expect(screen.text()).toContain('对方的摄像头正在打开…')
    expect(screen.text()).not.toMatch(/对方已静音|对方已关闭摄像头/)
    screen.view.peerWaits.value = { microphone: 'permission', camera: 'permission' }
    await screen.settle()
    expect(screen.text()).toContain('对方的浏览器正在询问是否允许使用麦克风和摄像头')
  })

  it('[CA18] says what to allow in the question of the browser, and is not on before', async () => {
    const screen = await showCall(calling({ kind: 'video' }))
    screen.view.camera.value = 'on'
    screen.view.waits.value = { microphone: 'permission', camera: 'permission' }
    await screen.settle()
    expect(screen.text()).toContain('请在浏览器的提示中允许使用麦克风和摄像头')
    const pressed = (name: string): string | null =>
      screen.get('button', name).getAttribute('aria-pressed')
    expect([pressed('麦克风'), pressed('摄像头')]).toEqual(['mixed', 'mixed'])
    screen.view.waits.value = { microphone: 'device', camera: null }
    await screen.settle()
    expect(screen.text()).toContain('正在打开麦克风…')
    expect([pressed('麦克风'), pressed('摄像头')]).toEqual(['mixed', 'true'])
  })

  it('[CA18] says to the caller what to allow while it rings', async () => {
    const screen = await showCall(waiting())
    screen.view.waits.value = { microphone: 'permission', camera: null }
    await screen.settle()
    expect(screen.text()).toContain('请在浏览器的提示中允许使用麦克风')
  })

  it('toggles say whether they are on', async () => {
    const screen = await showCall(calling())
    const pressed = (name: string): string | null =>
      screen.get('button', name).getAttribute('aria-pressed')
    expect([pressed('麦克风'), pressed('摄像头'), pressed('挂断')]).toEqual(['true', 'false', null])
    screen.view.microphone.value = 'unavailable'
    await screen.settle()
    expect(pressed('麦克风')).toBe('false')
  })

  it('ignores the camera button while its last press is carried out', async () => {
    const screen = await showCall(calling())
    screen.view.cameraBusy.value = true
    await screen.settle()
    await screen.press('摄像头')
    await screen.key('v')
    expect(screen.view.toggleCamera).not.toHaveBeenCalled()
  })

  it('hangs up with one press', async () => {
    const screen = await showCall(calling())
    await screen.press('挂断')
    expect(screen.view.hangUp).toHaveBeenCalledOnce()
  })

  it('M and V switch, but not while the user types or holds another key', async () => {
    const screen = await showCall(calling())
    await screen.key('m')
    await screen.key('V')
    await screen.key('m', { ctrlKey: true })
    await screen.key('m', { repeat: true })
    document.body.append(document.createElement('input'))
    document.querySelector('input')?.focus()
    await screen.key('m')
    expect(screen.view.toggleMicrophone).toHaveBeenCalledOnce()
    expect(screen.view.toggleCamera).toHaveBeenCalledOnce()
  })

  it('offers to flip only where there is another camera', async () => {
    const screen = await showCall(calling({ kind: 'video' }))
    screen.view.camera.value = 'on'
    await screen.settle()
    expect(screen.has('button', '翻转')).toBe(false)
    screen.view.canFlip.value = true
    await screen.settle()
    await screen.press('翻转')
    expect(screen.view.flipCamera).toHaveBeenCalledOnce()
  })
})

describe('sound and picture', () => {
  it('keeps the sound out of every video, in an element that lives as long as the call', async () => {
    const screen = await showCall(calling({ kind: 'video' }))
    const sound = document.querySelector('audio')
    expect(screen.view.attachRemoteAudio).toHaveBeenLastCalledWith(sound)
    screen.view.localVideo.value = fakeStream()
    screen.view.remoteVideo.value = fakeStream()
    screen.view.minimised.value = true
    await screen.settle()
    expect(document.querySelector('audio')).toBe(sound)
    expect([...document.querySelectorAll('video')].map((video) => video.muted)).toEqual([
      true,
      true,
    ])
    screen.view.call.value = null
    await screen.settle()
    expect(screen.view.attachRemoteAudio).toHaveBeenLastCalledWith(null)
  })

  it('swaps the big and the small picture on a tap', async () => {
    const view = createFakeCall()
    view.localVideo.value = fakeStream()
    view.remoteVideo.value = fakeStream()
    const screen = await showCall(calling({ kind: 'video' }), { view })
    const small = (): unknown => document.querySelector<HTMLVideoElement>('.small video')?.srcObject
    expect(small()).toBe(view.localVideo.value)
    await screen.press('交换大小画面')
    expect(small()).toBe(view.remoteVideo.value)
    view.localVideo.value = null
    await screen.settle()
    expect(document.querySelector('.small')).toBeNull()
  })

  it('hides the controls after 4 s of a picture, and a key brings them back', async () => {
    vi.useFakeTimers()
    const view = createFakeCall()
    view.remoteVideo.value = fakeStream()
    const screen = await showCall(calling({ kind: 'video' }), { view })
    const isResting = (): boolean => screen.dialog()?.classList.contains('resting') === true
    screen.get('button', '麦克风').blur()
    vi.advanceTimersByTime(4_000)
    await screen.settle()
    expect(isResting()).toBe(true)
    await screen.key('Shift')
    expect(isResting()).toBe(false)
    vi.useRealTimers()
  })

  it('shows one button while the browser refuses sound', async () => {
    const screen = await showCall(calling())
    screen.view.soundBlocked.value = true
    await screen.settle()
    await screen.press('返回通话')
    expect(screen.view.unlockSound).toHaveBeenCalledOnce()
  })
})

describe('without a device', () => {
  const microphone = { device: 'microphone', code: 'media/not-found' } as const

  it('the caller without a microphone listens only, or ends the call', async () => {
    const screen = await showCall(calling())
    screen.view.notices.value = [microphone]
    await screen.settle()
    expect(screen.has('button', '继续（只听）')).toBe(true)
    await screen.press('结束通话')
    expect(screen.view.hangUp).toHaveBeenCalledOnce()
  })

  it('the callee without a microphone may listen, and is told', async () => {
    const screen = await showCall(calling({ role: 'callee' }))
    screen.view.notices.value = [microphone]
    await screen.settle()
    expect(screen.text()).toContain('没有找到麦克风，对方听不到你')
    expect(screen.has('button', '结束通话')).toBe(false)
    await screen.press('知道了')
    expect(screen.view.dismissNotice).toHaveBeenCalledWith(microphone)
  })

  it('without a camera the call goes on with sound, and says so', async () => {
    const screen = await showCall(calling({ kind: 'video' }))
    screen.view.notices.value = [{ device: 'camera', code: 'media/in-use' }]
    await screen.settle()
    expect(screen.text()).toContain('通话以语音继续')
    expect(screen.has('button', '结束通话')).toBe(false)
  })
})
