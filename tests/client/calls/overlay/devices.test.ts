import { describe, expect, it } from 'vitest'
import { calling, createFakeCall } from './fakeCall.ts'
import { showCall } from './showCall.ts'

describe('the devices', () => {
  it('lets the user choose each, with a meter of my voice', async () => {
    const view = createFakeCall()
    view.devices.value = {
      microphone: [
        { id: 'm1', label: 'Headset' },
        { id: 'm2', label: '' },
      ],
      camera: [{ id: 'c1', label: 'Front' }],
      speaker: [{ id: 's1', label: 'Room' }],
    }
    view.chosen.value = { microphone: 'm1', camera: null, speaker: 's1' }
    const screen = await showCall(calling(), { view })
    await screen.press('设备')
    const microphone = screen.get('combobox', '麦克风')
    expect(microphone.textContent).toContain('麦克风 2')
    Object.assign(microphone, { value: 'm2' })
    microphone.dispatchEvent(new Event('change'))
    expect(view.chooseDevice).toHaveBeenCalledWith('microphone', 'm2')
    expect(screen.get('combobox', '摄像头').textContent).toContain('系统默认')
    expect(screen.has('meter', '麦克风音量')).toBe(true)
  })

  it('gives the choice back to the system', async () => {
    const view = createFakeCall()
    view.devices.value = { ...view.devices.value, microphone: [{ id: 'm1', label: 'Headset' }] }
    view.chosen.value = { microphone: 'm1', camera: null, speaker: null }
    const screen = await showCall(calling(), { view })
    await screen.press('设备')
    const microphone = screen.get('combobox', '麦克风')
    expect((microphone as HTMLSelectElement).value).toBe('m1')
    Object.assign(microphone, { value: '' })
    microphone.dispatchEvent(new Event('change'))
    expect(view.chooseDevice).toHaveBeenCalledWith('microphone', null)
  })

  it('shows the system’s choice while a chosen device is gone', async () => {
    const view = createFakeCall()
    view.devices.value = { ...view.devices.value, microphone: [{ id: 'm1', label: 'Headset' }] }
    view.chosen.value = { microphone: 'gone', camera: null, speaker: null }
    const screen = await showCall(calling(), { view })
    await screen.press('设备')
    expect((screen.get('combobox', '麦克风') as HTMLSelectElement).value).toBe('')
  })

  it('switches what is done to voice and picture, beside their devices', async () => {
    const view = createFakeCall()
    view.processors.value = { noise: 'starting', blur: 'off' }
    const screen = await showCall(calling(), { view })
    await screen.press('设备')
    const [noise, blur] = document.querySelectorAll<HTMLElement>('[role=switch]')
    const nameOf = (element: HTMLElement | undefined) =>
      document.getElementById(element?.getAttribute('aria-labelledby') ?? '')?.textContent
    expect([nameOf(noise), nameOf(blur)]).toEqual(['强力降噪', '背景虚化'])
    expect(noise?.getAttribute('aria-checked')).toBe('true')
    expect(screen.text()).toContain('正在加载…')
    noise?.click()
    blur?.click()
    expect(view.switchProcessor.mock.calls).toEqual([
      ['noise', false],
      ['blur', true],
    ])
  })

  it('has no switch for what the browser can’t do', async () => {
    const view = { ...createFakeCall(), processorsOffered: ['noise'] as const }
    const screen = await showCall(calling(), { view })
    await screen.press('设备')
    expect(document.querySelectorAll('[role=switch]')).toHaveLength(1)
  })

  it.each([
    ['failed', /^背景虚化加载失败/],
    ['slow', /^设备负载过高，已关闭背景虚化/],
  ] as const)('says that a processor switched itself off: %s', async (trouble, words) => {
    const view = createFakeCall()
    view.processors.value = { noise: 'off', blur: trouble }
    view.processorsGivenUp.value = ['blur']
    const screen = await showCall(calling({ kind: 'video' }), { view })
    expect(document.querySelector('[role=alert]')?.textContent).toMatch(words)
    await screen.press('知道了')
    expect(view.dismissProcessor).toHaveBeenCalledWith('blur')
  })

  it('has no speaker where the browser cannot choose one', async () => {
    const screen = await showCall(calling(), {
      view: { ...createFakeCall(), canChooseSpeaker: false },
    })
    expect(screen.has('button', '扬声器')).toBe(false)
    await screen.press('设备')
    expect(screen.has('combobox', '扬声器')).toBe(false)
  })
})
