import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useMenuGestures } from '#client/ui/useMenuGestures.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function begin() {
  const places: DOMRect[] = []
  const gestures = useMenuGestures((at) => void places.push(at.getBoundingClientRect() as DOMRect))
  const pointer = (pointerType: string, x = 5, y = 6) =>
    ({ pointerType, clientX: x, clientY: y }) as PointerEvent
  const click = () => {
    const event = new MouseEvent('click', { cancelable: true })
    gestures.onClickCapture(event)
    return event
  }
  return { places, gestures, pointer, click }
}

it('a finger that rests opens the menu where it is, and lifting it presses nothing', () => {
  const { places, gestures, pointer, click } = begin()
  gestures.onPointerdown(pointer('touch'))
  vi.advanceTimersByTime(500)
  expect(places).toMatchObject([{ x: 5, y: 6 }])
  gestures.onPointerup()
  expect(click().defaultPrevented).toBe(true)
  expect(click().defaultPrevented).toBe(false)
})

it.each([
  ['is lifted soon', ({ gestures }: ReturnType<typeof begin>) => gestures.onPointerup()],
  [
    'moves, for that scrolls',
    ({ gestures, pointer }: ReturnType<typeof begin>) =>
      gestures.onPointermove(pointer('touch', 5, 30)),
  ],
  [
    'is taken by the system',
    ({ gestures }: ReturnType<typeof begin>) => gestures.onPointercancel(),
  ],
] as const)('a finger opens nothing when it %s', (_, happen) => {
  const begun = begin()
  begun.gestures.onPointerdown(begun.pointer('touch'))
  vi.advanceTimersByTime(300)
  happen(begun)
  vi.advanceTimersByTime(1_000)
  expect(begun.places).toEqual([])
  expect(begun.click().defaultPrevented).toBe(false)
})

it('the left button opens nothing however long it is held, the right one does at once', () => {
  const { places, gestures, pointer } = begin()
  gestures.onPointerdown(pointer('mouse'))
  vi.advanceTimersByTime(2_000)
  expect(places).toEqual([])
  const event = new MouseEvent('contextmenu', { clientX: 1, clientY: 2, cancelable: true })
  gestures.onContextmenu(event)
  expect(places).toMatchObject([{ x: 1, y: 2 }])
  expect(event.defaultPrevented).toBe(true)
})
