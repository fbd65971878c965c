import * as v from 'valibot'

/** The names of the fields of a form that don't fit its schema. */
export function wrongFields(schema: v.GenericSchema, form: unknown): ReadonlySet<string> {
  const result = v.safeParse(schema, form)
  if (result.success) return new Set()
  return new Set(result.issues.map((issue) => v.getDotPath(issue) ?? ''))
}
