import * as v from 'valibot'
import type { Page, Theme } from '#client/platform/page/Page.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

export interface FakePage extends Page {
  readonly theme: Theme
  readonly language: string
  readonly title: string
  readonly reloads: number
  /** The screen is kept lit. */
  readonly isAwake: boolean
  /** The browser would ask before the page is left. */
  readonly asks: boolean
  show(isVisible: boolean): void
  /** The window gets the focus or loses it. */
  focus(isFocused: boolean): void
  /** The network comes or goes. */
  connect(hasNetwork: boolean): void
}

/** A tab that remembers what it was told. */
export function createFakePage(languages: readonly string[] = ['zh-CN']): FakePage {
  const handlers = new Set<(isVisible: boolean) => void>()
  const focusHandlers = new Set<(isFocused: boolean) => void>()
  const networkHandlers = new Set<(hasNetwork: boolean) => void>()
  const told = {
    theme: 'system' as Theme,
    language: '',
    title: 'Ahoy',
    reloads: 0,
    isAwake: false,
    asks: false,
    isVisible: true,
    isFocused: true,
    hasNetwork: true,
  }
  return {
    languages,
    shortcutKey: 'Control',
    isReloaded: false,
    get isVisible() {
      return told.isVisible
    },
    get isFocused() {
      return told.isFocused
    },
    onFocus(handler) {
      focusHandlers.add(handler)
      return () => focusHandlers.delete(handler)
    },
    focus(isFocused) {
      told.isFocused = isFocused
      for (const handler of focusHandlers) handler(isFocused)
    },
    get theme() {
      return told.theme
    },
    get language() {
      return told.language
    },
    get title() {
      return told.title
    },
    get reloads() {
      return told.reloads
    },
    get isAwake() {
      return told.isAwake
    },
    get asks() {
      return told.asks
    },
    keepAwake() {
      told.isAwake = true
      return () => void (told.isAwake = false)
    },
    askBeforeLeaving() {
      told.asks = true
      return () => void (told.asks = false)
    },
    onVisibility(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    get hasNetwork() {
      return told.hasNetwork
    },
    onNetwork(handler) {
      networkHandlers.add(handler)
      return () => networkHandlers.delete(handler)
    },
    setTheme: (theme) => void (told.theme = theme),
    setLanguage: (language) => void (told.language = language),
    setTitle: (title) => void (told.title = title),
    flashTitle: () => {},
    reload: () => void (told.reloads += 1),
    connect(hasNetwork) {
      told.hasNetwork = hasNetwork
      for (const handler of networkHandlers) handler(hasNetwork)
    },
    show(isVisible) {
      told.isVisible = isVisible
      for (const handler of handlers) handler(isVisible)
    },
  }
}

export interface FakeStorage extends ValueStorage {
  readonly values: Map<string, unknown>
  /** Another tab writes. */
  writeElsewhere(key: string, value: unknown): void
}

/** Storage in memory; what is read has gone through JSON's eye of a needle and the schema. */
export function createFakeStorage(): FakeStorage {
  const values = new Map<string, unknown>()
  const handlers: { key: string; handler: () => void }[] = []
  return {
    values,
    read(key, schema) {
      const parsed = v.safeParse(schema, values.get(key))
      return parsed.success ? parsed.output : null
    },
    write: (key, value) => void values.set(key, JSON.parse(JSON.stringify(value))),
    onChange(key, handler) {
      const entry = { key, handler }
      handlers.push(entry)
      return () => void handlers.splice(handlers.indexOf(entry), 1)
    },
    writeElsewhere(key, value) {
      values.set(key, value)
      for (const one of handlers) if (one.key === key) one.handler()
    },
  }
}
