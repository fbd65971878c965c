export type Theme = 'light' | 'dark' | 'system'

/** The document of this tab, as the rooms see it. */
export interface Page {
  /** The languages the user asks for, best first (BCP 47). */
  readonly languages: readonly string[]
  readonly isVisible: boolean
  /** The key that shortcuts are pressed with here. */
  readonly shortcutKey: 'Meta' | 'Control'
  /** Hear the tab come to the front or leave it; returns the function that stops it. */
  onVisibility(handler: (isVisible: boolean) => void): () => void
  /** False where the browser knows that there is no network; true says little. */
  readonly hasNetwork: boolean
  /** Hear the network go or come; returns the function that stops it. */
  onNetwork(handler: (hasNetwork: boolean) => void): () => void
  setTheme(theme: Theme): void
  setLanguage(locale: string): void
  setTitle(title: string): void
  /** Show this instead of the title for the moment; null shows the title again. */
  flashTitle(flash: string | null): void
  reload(): void
}
