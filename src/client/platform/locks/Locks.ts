/** What only one tab of this profile may have at a time. */
export interface Locks {
  /**
   * Wait for the named lock; where the browser has none (an insecure origin) it is had at once.
   * @returns gives it back, or stops waiting
   */
  hold(name: string, onHeld: () => void): () => void
}
