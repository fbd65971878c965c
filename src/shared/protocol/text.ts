import * as v from 'valibot'

/** Text that any database can hold and any screen can show: no NUL, no half of a surrogate pair. */
export const PlainText = v.pipe(
  v.string(),
  v.check((text) => text.isWellFormed() && !text.includes('\0')),
)
