export type Theme = 'light' | 'dark' | 'system'

/** The document of this tab, as the rooms see it. */
export interface Page {
  /** The languages the user asks for, best first (BCP 47). */
  readonly languages: readonly string[]
  readonly isVisible: boolean
  /** What is typed now goes to this tab. */
  readonly isFocused: boolean
  /** The key that shortcuts are pressed with here. */
  readonly shortcutKey: 'Meta' | 'Control'
  /** Hear the tab come to the front or leave it; returns the function that stops it. */
  onVisibility(handler: (isVisible: boolean) => void): () => void
  /** Hear the tab get the focus or lose it; returns the function that stops it. */
  onFocus(handler: (isFocused: boolean) => void): () => void
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
  /** This document came by a reload: the one before it was of this tab, and is gone or about to go. */
  readonly isReloaded: boolean
  /** Keep the screen lit; returns the function that lets it go dark. */
  keepAwake(): () => void
  /** The browser asks before the page is left; returns the function that stops it. */
  askBeforeLeaving(): () => void
}
