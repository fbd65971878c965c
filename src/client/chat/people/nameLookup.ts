/** Who is who in a conversation. */
export interface NameLookup {
  readonly me: string
  readonly nameOf: (userId: string) => string
  /** Several names in a row. */
  readonly namesOf: (names: readonly string[]) => string
}
