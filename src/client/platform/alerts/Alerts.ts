/** How a tab that nobody looks at asks for attention. */
export interface Alerts {
  /** A system notification where the user allows it; returns the function that takes it back. */
  notify(notice: { title: string; body: string; tag: string; onClick: () => void }): () => void
  readonly permission: 'default' | 'denied' | 'granted' | 'unsupported'
  /** Inside of a gesture: ask the user. */
  askPermission(): Promise<void>
  /**
   * Hold the one right to sound of this device, as soon as it is free: of all tabs of one browser
   * only one rings. Returns the function that gives it back.
   */
  holdSoundRight(name: string, onHeld: () => void): () => void
}
