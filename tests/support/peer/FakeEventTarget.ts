type Listener = (event: never) => void

/**
 * Listeners and `on…` properties, the same in every environment: happy-dom's own EventTarget calls
 * the properties by itself, Node's does not.
 */
export class FakeEventTarget {
  readonly #listeners = new Map<string, Set<Listener>>()

  addEventListener(type: string, listener: Listener): void {
    const listeners = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, listeners)
    listeners.add(listener)
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener)
  }

  protected fire(type: string, fields: object = {}): void {
    const event = { type, target: this, ...fields } as never
    const own = (this as Record<string, unknown>)[`on${type}`] as Listener | null | undefined
    own?.(event)
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(event)
  }
}
