/** The tabs of this browser among each other. */
export interface Tabs {
  /** Tell the other tabs that something under this name has changed. */
  tell(name: string): void
  /** Hear another tab tell; returns the function that stops it. */
  onTold(name: string, handler: () => void): () => void
  /** Hold what only one tab may do, as soon as it is free; returns the function that gives it back. */
  hold(name: string, onHeld: () => void): () => void
}
