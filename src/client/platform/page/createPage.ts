import { keepAwake } from './keepAwake.ts'
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
      return listen(document, ['visibilitychange'], () => {
        handler(document.visibilityState === 'visible')
      })
    },
    get isFocused() {
      return document.hasFocus()
    },
    onFocus(handler) {
      return listen(view, ['focus', 'blur'], () => {
        handler(document.hasFocus())
      })
    },
    get hasNetwork() {
      return view.navigator.onLine
    },
    onNetwork: (handler) =>
      listen(view, ['online', 'offline'], ({ type }) => {
        handler(type === 'online')
      }),
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
    isReloaded: isReload(view.performance),
    keepAwake: () => keepAwake(view),
    askBeforeLeaving() {
      return listen(view, ['beforeunload'], (event) => {
        event.preventDefault()
      })
    },
  }
}

function isReload(performance: Performance): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation !== undefined && 'type' in navigation && navigation.type === 'reload'
}

/** @returns what stops it */
function listen(
  target: EventTarget,
  names: readonly string[],
  handler: (event: Event) => void,
): () => void {
  for (const name of names) target.addEventListener(name, handler)
  return () => {
    for (const name of names) target.removeEventListener(name, handler)
  }
}
