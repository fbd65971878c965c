import type { Page } from './Page.ts'

/** `Page` over the browser's document. */
export function createPage(view: Window): Page {
  const { document } = view
  let title = document.title
  let flash: string | null = null
  const showTitle = (): void => {
    document.title = flash ?? title
  }

  return {
    languages: view.navigator.languages,
    // The newer userAgentData exists in Chromium alone, and only there on https.
    shortcutKey: /Mac|iPhone|iPad/.test(view.navigator.userAgent) ? 'Meta' : 'Control',
    get isVisible() {
      return document.visibilityState === 'visible'
    },
    onVisibility(handler) {
      const hear = (): void => {
        handler(document.visibilityState === 'visible')
      }
      document.addEventListener('visibilitychange', hear)
      return () => {
        document.removeEventListener('visibilitychange', hear)
      }
    },
    get hasNetwork() {
      return view.navigator.onLine
    },
    onNetwork(handler) {
      const hear = ({ type }: Event): void => {
        handler(type === 'online')
      }
      for (const name of ['online', 'offline']) view.addEventListener(name, hear)
      return () => {
        for (const name of ['online', 'offline']) view.removeEventListener(name, hear)
      }
    },
    setTheme(theme) {
      if (theme === 'system') delete document.documentElement.dataset['theme']
      else document.documentElement.dataset['theme'] = theme
    },
    setLanguage(locale) {
      document.documentElement.lang = locale
    },
    setTitle(next) {
      title = next
      showTitle()
    },
    flashTitle(next) {
      flash = next
      showTitle()
    },
    reload() {
      view.location.reload()
    },
  }
}
