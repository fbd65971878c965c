/** The emoji of a language, as `scripts/slimEmoji.mjs` leaves them in the build. */
declare module 'emoji-picker-element-data/*/cldr/data.json' {
  const emoji: readonly {
    readonly emoji: string
    /** What it is called. */
    readonly annotation: string
    readonly tags: readonly string[]
    /** 0 to 9, by Unicode. */
    readonly group: number
  }[]
  export default emoji
}
