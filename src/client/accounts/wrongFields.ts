import * as v from 'valibot'

/** The names of the fields of a form that don't fit its schema. */
export function wrongFields(schema: v.GenericSchema, form: unknown): ReadonlySet<string> {
  const result = v.safeParse(schema, form)
  if (result.success) return new Set()
  return new Set(result.issues.map((issue) => v.getDotPath(issue) ?? ''))
}

/** People write 138 0013 8000 or 138-0013-8000. */
export const bareMobile = (typed: string): string => typed.replaceAll(/[\s-]/g, '')
