/** Older systems have no picture for what is newer than this version of Unicode's emoji. */
const NEWEST = 15
/** Skin tones and other parts are no emoji of their own. */
const COMPONENTS = 2

/**
 * Of the data of every emoji only what the picker shows and finds them by: a third of its size.
 * @returns {import('vite').Plugin}
 */
export function slimEmoji() {
  return {
    name: 'slim-emoji',
    enforce: 'pre',
    transform: {
      filter: { id: /emoji-picker-element-data\/.*\.json$/ },
      handler: (code) => ({ code: JSON.stringify(slim(JSON.parse(code))), map: null }),
    },
  }
}

/**
 * @typedef {object} Emoji
 * @property {string} emoji
 * @property {string} annotation
 * @property {string[]} [tags]
 * @property {number} group
 * @property {number} version
 */

/** @param {Emoji[]} all */
const slim = (all) =>
  all
    .filter(({ group, version }) => group !== COMPONENTS && version <= NEWEST)
    .map(({ emoji, annotation, tags = [], group }) => ({
      emoji: recommended(emoji),
      annotation,
      tags,
      group,
    }))

/**
 * As Unicode recommends it for interchange: the data asks for a picture where that is how it looks
 * anyway.
 * @param {string} emoji
 */
const recommended = (emoji) =>
  /^\p{RGI_Emoji}$/v.test(emoji) ? emoji : emoji.replaceAll('\u{fe0f}', '')
