import type { messages } from './zhCN.ts'

/** All texts of one language. */
export type Messages = typeof messages

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`
}[keyof T & string]

/** The dotted path of one text; a path that doesn't exist breaks the build. */
export type MessageKey = Leaves<Messages>
