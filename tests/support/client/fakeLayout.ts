/** What is said to be how large, in CSS px: a log is a phone's screen, what is in it a line. */
const sizeOf = (element: Element): { width: number; height: number } => ({
  width: 390,
  height: element.getAttribute('role') === 'log' ? 800 : 40,
})

/** Says once how large an element is: happy-dom lays nothing out. */
class FakeResizeObserver implements ResizeObserver {
  readonly #callback: ResizeObserverCallback

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback
  }

  observe(target: Element): void {
    const entry = { target, contentRect: sizeOf(target) } as unknown as ResizeObserverEntry
    queueMicrotask(() => {
      this.#callback([entry], this)
    })
  }

  unobserve(): void {
    // It says nothing again.
  }

  disconnect(): void {
    // It says nothing again.
  }
}

function stay(this: Element): void {
  this.scrollTop = 0
  this.dispatchEvent(new Event('scroll'))
}

/** A page that has a size, for what draws only what is in sight. */
export function fakeLayout(): void {
  window.ResizeObserver = FakeResizeObserver
  // All that a test shows fits into it: there is nowhere to scroll to.
  Element.prototype.scrollTo = stay
  Element.prototype.scrollBy = stay
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
    configurable: true,
    get(this: HTMLElement) {
      return this.parentElement
    },
  })
}
