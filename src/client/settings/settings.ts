import * as v from 'valibot'
import { Locale, pickLocale } from '#client/i18n/index.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const SETTINGS_KEY = 'ahoy.settings'

export const THEME_CHOICES = ['system', 'light', 'dark'] as const
export const LANGUAGE_CHOICES = ['system', ...Locale.options] as const

/** What a user chose on this device. A value that no longer fits falls back to its default alone. */
export const Settings = v.object({
  theme: v.optional(v.fallback(v.picklist(THEME_CHOICES), 'system'), 'system'),
  language: v.optional(v.fallback(v.picklist(LANGUAGE_CHOICES), 'system'), 'system'),
  /** Connect to a caller while it rings, which tells them this device's address (decision 4). */
  connectBeforeAnswer: v.optional(v.fallback(v.boolean(), true), true),
  /** Sound and picture only through TURN, so that a peer never learns this device's address. */
  relayOnly: v.optional(v.fallback(v.boolean(), false), false),
})
export type Settings = v.InferOutput<typeof Settings>

/** The settings of this device, whole in any case. */
export function readSettings(storage: ValueStorage): Settings {
  return storage.read(SETTINGS_KEY, Settings) ?? v.parse(Settings, {})
}

export function writeSettings(storage: ValueStorage, settings: Settings): void {
  storage.write(SETTINGS_KEY, settings)
}

/** Hear another tab change the settings; returns the function that stops it. */
export function watchSettings(storage: ValueStorage, handler: (settings: Settings) => void) {
  return storage.onChange(SETTINGS_KEY, () => {
    handler(readSettings(storage))
  })
}

/** The language to speak: the chosen one, or the first of the system's that we know. */
export const localeOf = ({ language }: Settings, languages: readonly string[]): Locale =>
  language === 'system' ? pickLocale(languages) : language
