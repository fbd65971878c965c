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
