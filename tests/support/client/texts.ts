import * as v from 'valibot'

/** A message as the build hands it over: compiled, with the text that it was compiled from. */
const Compiled = v.object({ loc: v.object({ source: v.string() }) })
const Branch = v.record(v.string(), v.unknown())

/** Every text by its dotted key. */
export function textsOf(messages: unknown, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(v.parse(Branch, messages)).flatMap(([key, value]) => {
      const compiled = v.safeParse(Compiled, value)
      if (compiled.success) return [[path + key, compiled.output.loc.source] as const]
      return [...textsOf(value, `${path}${key}.`)]
    }),
  )
}

/** Which values each text wants. */
export const placeholdersOf = (texts: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    [...texts].map(([key, text]) => [key, (text.match(/\{\w+\}/g) ?? []).toSorted().join(' ')]),
  )
