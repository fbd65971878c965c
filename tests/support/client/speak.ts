import { mount } from '@vue/test-utils'
import { createTexts, useText, type Locale, type Text } from '#client/i18n/index.ts'

/** The `t` of one language, outside of any page. */
export async function speak(locale: Locale): Promise<Text['t']> {
  const texts = await createTexts(locale)
  let t: Text['t'] = (key) => key
  const setup = (): (() => null) => {
    t = useText().t
    return () => null
  }
  mount({ setup }, { global: { plugins: [texts.plugin] } })
  return t
}
