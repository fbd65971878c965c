import { describe, expect, it } from 'vitest'
import { calling } from './fakeCall.ts'
import { showCall } from './showCall.ts'

describe('the question for pictures', () => {
  it('can be accepted and declined', async () => {
    const screen = await showCall(calling())
    expect(screen.text()).not.toContain('对方想切换到视频通话')
    screen.view.upgrade.value = 'asked'
    await screen.settle()
    expect(screen.text()).toContain('对方想切换到视频通话')
    await screen.press('接受')
    expect(screen.view.answerUpgrade).toHaveBeenLastCalledWith(true)
    await screen.press('暂不')
    expect(screen.view.answerUpgrade).toHaveBeenLastCalledWith(false)
  })

  it('is seen to be asked, and can be taken back', async () => {
    const screen = await showCall(calling(), { locale: 'en' })
    screen.view.upgrade.value = 'asking'
    await screen.settle()
    expect(screen.text()).toContain('Asking them to switch to video…')
    await screen.press('Cancel')
    expect(screen.view.toggleCamera).toHaveBeenCalledOnce()
  })

  it('shows in the small window', async () => {
    const screen = await showCall(calling())
    screen.view.minimised.value = true
    screen.view.upgrade.value = 'asked'
    await screen.settle()
    expect(screen.text()).toContain('对方想切换到视频通话')
  })
})
