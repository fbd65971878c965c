import * as v from 'valibot'

export const Locale = v.picklist(['zh-CN', 'en'])
export type Locale = v.InferOutput<typeof Locale>

/** The first of the user's languages that we speak; English when there is none. */
export function pickLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return 'zh-CN'
    if (/^en\b/i.test(language)) return 'en'
  }
  return 'en'
}
