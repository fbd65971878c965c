import { describe, expect, it } from 'vitest'
import { coming, fakeStream, waiting } from './fakeCall.ts'
import { showCall } from './showCall.ts'

describe('waiting for an answer', () => {
  it('is a dialog named after the peer, with Cancel in focus', async () => {
    const screen = await showCall(waiting())
    expect(screen.get('dialog', '安然')).toBe(screen.dialog())
    expect(document.activeElement).toBe(screen.get('button', '取消'))
    await screen.press('取消')
    expect(screen.view.cancel).toHaveBeenCalledOnce()
  })

  it.each([
    ['sent', '正在呼叫…'],
    ['ringing', '等待对方接听'],
    ['offline', '对方不在线'],
  ] as const)('reach %s reads %s', async (reach, text) => {
    const screen = await showCall(waiting({ reach }))
    expect(screen.text()).toContain(text)
  })

  it('[CA4] hints after half of the time that nobody may be there', async () => {
    const screen = await showCall(waiting())
    expect(screen.text()).not.toContain('对方手机可能不在身边')
    screen.view.call.value = waiting({ hinted: true })
    await screen.settle()
    expect(screen.text()).toContain('对方手机可能不在身边，建议稍后再次尝试')
  })

  it('switches the microphone, and the camera only in a video call', async () => {
    const screen = await showCall(waiting())
    await screen.press('麦克风')
    expect(screen.view.toggleMicrophone).toHaveBeenCalledOnce()
    expect(screen.has('button', '摄像头')).toBe(false)
    await screen.key('v')
    expect(screen.view.toggleCamera).not.toHaveBeenCalled()
    screen.view.call.value = waiting({ kind: 'video' })
    await screen.settle()
    expect(screen.has('button', '摄像头')).toBe(true)
    await screen.key('v')
    expect(screen.view.toggleCamera).toHaveBeenCalledOnce()
  })

  it('shows my picture as a mirror does, and the camera at the back as it is', async () => {
    const screen = await showCall(waiting({ kind: 'video' }))
    const isAside = (): boolean => document.querySelector('.peer')?.matches('.aside') === true
    expect(isAside()).toBe(false)
    screen.view.localVideo.value = fakeStream('user')
    await screen.settle()
    expect(isAside()).toBe(true)
    expect(document.querySelector('video')?.classList).toContain('mirrored')
    screen.view.localVideo.value = fakeStream('environment')
    await screen.settle()
    expect(document.querySelector('video')?.classList).not.toContain('mirrored')
  })

  it('asks the caller without a microphone whether to go on', async () => {
    const screen = await showCall(waiting())
    const notice = { device: 'microphone', code: 'media/permission-denied' } as const
    screen.view.notices.value = [notice]
    await screen.settle()
    expect(screen.text()).toContain('没有麦克风权限')
    await screen.press('继续（只听）')
    expect(screen.view.dismissNotice).toHaveBeenCalledWith(notice)
    expect(screen.view.cancel).not.toHaveBeenCalled()
    await screen.press('取消呼叫')
    expect(screen.view.cancel).toHaveBeenCalledOnce()
  })
})

describe('a call that comes in', () => {
  it.each([
    ['audio', '邀请你语音通话'],
    ['video', '邀请你视频通话'],
  ] as const)('is an alertdialog that says %s', async (kind, text) => {
    const screen = await showCall(coming({ kind }))
    expect(screen.get('alertdialog', '安然')).toBe(screen.dialog())
    expect(screen.text()).toContain(text)
    expect(document.activeElement).toBe(screen.get('button', '接听'))
  })

  it('answers, answers muted, declines', async () => {
    const screen = await showCall(coming())
    await screen.press('接听')
    expect(screen.view.accept).toHaveBeenLastCalledWith({ muted: false })
    await screen.press('静音接听')
    expect(screen.view.accept).toHaveBeenLastCalledWith({ muted: true })
    await screen.press('拒绝')
    expect(screen.view.reject).toHaveBeenCalledWith()
  })

  it('takes the second click of a double click for an echo', async () => {
    const screen = await showCall(coming())
    const answer = screen.get('button', '接听')
    answer.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
    answer.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }))
    expect(screen.view.accept).toHaveBeenCalledOnce()
  })

  it('[CA6] declines with a ready text', async () => {
    const screen = await showCall(coming())
    await screen.press('回复消息')
    await screen.press('正在开会，晚点联系你。')
    expect(screen.view.reject).toHaveBeenCalledWith('正在开会，晚点联系你。')
  })

  it('[CA6] declines with a text of my own, of at most 200 characters and never an empty one', async () => {
    const screen = await showCall(coming())
    await screen.press('回复消息')
    const field = screen.get('textbox', '自己写一句')
    expect(field.getAttribute('maxlength')).toBe('200')
    await screen.press('发送')
    expect(screen.view.reject).not.toHaveBeenCalled()
    Object.assign(field, { value: ' 十分钟后 ' })
    field.dispatchEvent(new Event('input'))
    await screen.press('发送')
    expect(screen.view.reject).toHaveBeenCalledWith('十分钟后')
  })

  it('closes the sheet with Esc, and the call stays', async () => {
    const screen = await showCall(coming())
    await screen.press('回复消息')
    expect(screen.has('dialog', '回复消息')).toBe(true)
    await screen.key('Escape')
    expect(screen.has('dialog', '回复消息')).toBe(false)
    expect(screen.view.minimised.value).toBe(false)
  })

  it('speaks English', async () => {
    const screen = await showCall(coming({ kind: 'video' }), { locale: 'en' })
    for (const name of ['Answer', 'Decline', 'Answer muted', 'Reply with a message', 'Minimise']) {
      expect(screen.has('button', name)).toBe(true)
    }
  })
})
