import * as v from 'valibot'
import { plainName, shownName } from '../names.ts'
import { withoutBlankLines } from '../text.ts'
import { isUnseen, isVisible } from '../visible.ts'

/** Text that any database can hold and any screen can show: no NUL, no half of a surrogate pair. */
export const PlainText = v.pipe(
  v.string(),
  v.check((text) => text.isWellFormed() && !text.includes('\0')),
)

/** What a person or a group is to be called: one line, without what can't be seen; or empty. */
export const GivenName = v.pipe(
  PlainText,
  v.regex(/^\P{Cc}*$/u),
  v.check((typed) => !isUnseen(typed)),
  v.transform(plainName),
)

/** What a person is called, on its way to a screen; it may be older than the rules of today. */
export const ShownName = v.pipe(v.string(), v.transform(shownName))

/** The same of a group, or of somebody in it: empty where there is none. */
export const ShownTitle = v.pipe(v.string(), v.transform(plainName))

/** A text that need not be there: where there is nothing to see in it there is none. */
export const OptionalText = v.pipe(
  PlainText,
  v.transform((text) => (isVisible(text) ? withoutBlankLines(text) : '')),
)
